package org.assistantservice.samples.defichain;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Calculates in decimals of 34 digits. A library parses; what the parts of an expression mean is
/// said here, so nothing but these operators and functions can happen, and no step can give a
/// number with more than 1,000 digits before or after its point. Thread-safe.
final class Calculator {
    private static final MathContext DIGITS = MathContext.DECIMAL128;
    private static final int LONGEST = 300;
    private static final int MOST_DIGITS = 1000;
    private static final int MOST_POWER = 10_000;
    private static final BigDecimal PI = new BigDecimal("3.141592653589793238462643383279503");
    private static final BigDecimal E = new BigDecimal("2.718281828459045235360287471352662");

    /// The value in plain digits, without zeros at its end.
    String value(String expression) throws CalculationException {
        if (expression.isBlank() || expression.length() > LONGEST) {
            throw new CalculationException(
                    "expression must have 1 to %d characters".formatted(LONGEST));
        }
        try {
            BigDecimal value = evaluate(new Expression(expression).getAbstractSyntaxTree());
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        } catch (ParseException e) {
            throw new CalculationException("expression is not arithmetic: " + e.getMessage());
        } catch (ArithmeticException e) {
            throw new CalculationException("expression has no value: " + e.getMessage());
        }
    }

    private BigDecimal evaluate(ASTNode node) throws CalculationException {
        String name = node.getToken().getValue();
        List<BigDecimal> operands = new ArrayList<>();
        for (ASTNode parameter : node.getParameters()) {
            operands.add(evaluate(parameter));
        }
        return checked(
                switch (node.getToken().getType()) {
                    case NUMBER_LITERAL -> literal(name);
                    case VARIABLE_OR_CONSTANT -> constant(name);
                    case PREFIX_OPERATOR -> prefix(name, operands.getFirst());
                    case INFIX_OPERATOR -> infix(name, operands.getFirst(), operands.getLast());
                    case FUNCTION -> function(name.toUpperCase(Locale.ROOT), operands);
                    default -> throw unknown(name);
                });
    }

    private static BigDecimal literal(String written) throws CalculationException {
        try {
            return new BigDecimal(written, DIGITS);
        } catch (NumberFormatException e) {
            throw new CalculationException("'%s' is no number".formatted(written));
        }
    }

    private static BigDecimal constant(String name) throws CalculationException {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "PI" -> PI;
            case "E" -> E;
            default -> throw unknown(name);
        };
    }

    private static BigDecimal prefix(String operator, BigDecimal operand)
            throws CalculationException {
        return switch (operator) {
            case "-" -> operand.negate();
            case "+" -> operand;
            default -> throw unknown(operator);
        };
    }

    private static BigDecimal infix(String operator, BigDecimal left, BigDecimal right)
            throws CalculationException {
        return switch (operator) {
            case "+" -> left.add(right, DIGITS);
            case "-" -> left.subtract(right, DIGITS);
            case "*" -> left.multiply(right, DIGITS);
            case "/" -> left.divide(right, DIGITS);
            case "%" -> left.remainder(right);
            case "^" -> power(left, right);
            default -> throw unknown(operator);
        };
    }

    private static BigDecimal power(BigDecimal base, BigDecimal exponent)
            throws CalculationException {
        boolean isWhole = exponent.stripTrailingZeros().scale() <= 0;
        if (exponent.abs().compareTo(BigDecimal.valueOf(MOST_POWER)) > 0) {
            throw new CalculationException("an exponent is larger than %d".formatted(MOST_POWER));
        }
        if (isWhole) {
            return base.pow(exponent.intValueExact(), DIGITS);
        }
        double power = Math.pow(base.doubleValue(), exponent.doubleValue());
        if (!Double.isFinite(power)) {
            throw new CalculationException("a power has no value among the real numbers");
        }
        return BigDecimal.valueOf(power);
    }

    private static BigDecimal function(String name, List<BigDecimal> arguments)
            throws CalculationException {
        BigDecimal first = arguments.isEmpty() ? BigDecimal.ZERO : arguments.getFirst();
        return switch (name) {
            case "SQRT" -> first.sqrt(DIGITS);
            case "ABS" -> first.abs();
            case "MIN" -> arguments.stream().min(BigDecimal::compareTo).orElse(first);
            case "MAX" -> arguments.stream().max(BigDecimal::compareTo).orElse(first);
            case "ROUND" -> first.setScale(places(arguments), RoundingMode.HALF_EVEN);
            case "FLOOR" -> first.setScale(0, RoundingMode.FLOOR);
            case "CEILING" -> first.setScale(0, RoundingMode.CEILING);
            default -> throw unknown(name);
        };
    }

    private static int places(List<BigDecimal> arguments) throws CalculationException {
        int most = DIGITS.getPrecision();
        BigDecimal places = arguments.size() < 2 ? BigDecimal.ZERO : arguments.get(1);
        if (places.abs().compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new CalculationException("ROUND takes up to %d places".formatted(most));
        }
        return places.intValue();
    }

    /// Decided from the number's size before anything writes it out.
    private static BigDecimal checked(BigDecimal value) throws CalculationException {
        long before = (long) value.precision() - value.scale();
        if (value.signum() != 0 && (before > MOST_DIGITS || value.scale() > MOST_DIGITS)) {
            throw new CalculationException(
                    "a number has more than %d digits".formatted(MOST_DIGITS));
        }
        return value.signum() == 0 ? BigDecimal.ZERO : value;
    }

    private static CalculationException unknown(String name) {
        return new CalculationException("'%s' is not allowed".formatted(name));
    }
}
