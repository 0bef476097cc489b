package org.assistantservice.samples.research;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assistantservice.samples.research.Quantity.Decimal;
import org.assistantservice.samples.research.Quantity.Whole;

/// Calculates as Python does: whole numbers stay whole and have up to 330 digits, `/` and most
/// functions give decimals. A library parses; what the parts of an expression mean is said here, so
/// nothing but numbers, operators and functions of [MathFunctions] can happen. Thread-safe.
final class Arithmetic {
    private static final int LONGEST = 500;

    /// Longer numbers than this are no answer to a question, and take long to make.
    private static final int MOST_BITS = 1100;

    private static final Pattern MODULE = Pattern.compile("\\bmath\\.(?=[A-Za-z])");

    private final ExpressionConfiguration grammar = Grammar.configuration();

    /// The value as Python prints it, e.g. `14`, `4.0`, `1e+20`.
    String value(String expression) throws BadExpressionException {
        if (expression.length() > LONGEST) {
            throw new BadExpressionException("it is longer than %d".formatted(LONGEST));
        }
        try {
            String bare = MODULE.matcher(expression).replaceAll("");
            return evaluate(new Expression(bare, grammar).getAbstractSyntaxTree()).toString();
        } catch (ParseException e) {
            throw new BadExpressionException(String.valueOf(e.getMessage()));
        }
    }

    private Quantity evaluate(ASTNode node) throws BadExpressionException {
        String name = node.getToken().getValue();
        return switch (node.getToken().getType()) {
            case NUMBER_LITERAL -> literal(name);
            case VARIABLE_OR_CONSTANT -> MathFunctions.constant(name);
            case PREFIX_OPERATOR -> {
                Quantity operand = operand(node, 0);
                yield name.equals("-") ? operand.negated() : operand;
            }
            case INFIX_OPERATOR -> infix(name, operand(node, 0), operand(node, 1));
            case FUNCTION -> {
                List<Quantity> arguments = new ArrayList<>();
                for (int i = 0; i < node.getParameters().size(); i++) {
                    arguments.add(operand(node, i));
                }
                yield checked(MathFunctions.call(name, arguments));
            }
            default -> throw new BadExpressionException("'%s' is not allowed".formatted(name));
        };
    }

    private Quantity operand(ASTNode node, int index) throws BadExpressionException {
        return evaluate(node.getParameters().get(index));
    }

    private static Quantity literal(String written) throws BadExpressionException {
        try {
            if (written.startsWith("0x") || written.startsWith("0X")) {
                return checked(new Whole(new BigInteger(written.substring(2), 16)));
            }
            return written.matches("[0-9]+")
                    ? checked(new Whole(new BigInteger(written)))
                    : checked(new Decimal(new BigDecimal(written).doubleValue()));
        } catch (NumberFormatException e) {
            throw new BadExpressionException("'%s' is no number".formatted(written));
        }
    }

    private static Quantity infix(String operator, Quantity left, Quantity right)
            throws BadExpressionException {
        if (left instanceof Whole(var a) && right instanceof Whole(var b)) {
            return checked(whole(operator, a, b));
        }
        double a = left.asDouble();
        double b = right.asDouble();
        if (b == 0 && (operator.startsWith("/") || operator.equals("%"))) {
            throw new BadExpressionException("division by zero");
        }
        return checked(
                new Decimal(
                        switch (operator) {
                            case "+" -> a + b;
                            case "-" -> a - b;
                            case "*" -> a * b;
                            case "/" -> a / b;
                            case "//" -> Math.floor(a / b);
                            case "%" -> a - b * Math.floor(a / b);
                            case "**" -> Math.pow(a, b);
                            default -> throw unknown(operator);
                        }));
    }

    private static Quantity whole(String operator, BigInteger a, BigInteger b)
            throws BadExpressionException {
        if (b.signum() == 0 && (operator.startsWith("/") || operator.equals("%"))) {
            throw new BadExpressionException("division by zero");
        }
        return switch (operator) {
            case "+" -> new Whole(a.add(b));
            case "-" -> new Whole(a.subtract(b));
            case "*" -> new Whole(a.multiply(b));
            case "/" -> new Decimal(a.doubleValue() / b.doubleValue());
            case "//" -> new Whole(floor(a, b));
            case "%" -> new Whole(a.subtract(b.multiply(floor(a, b))));
            case "**" -> power(a, b);
            default -> throw unknown(operator);
        };
    }

    private static BigInteger floor(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        boolean isBelow = parts[1].signum() != 0 && parts[1].signum() != b.signum();
        return isBelow ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /// Decided before it is calculated, from how long the result would be.
    private static Quantity power(BigInteger base, BigInteger exponent)
            throws BadExpressionException {
        if (exponent.signum() < 0) {
            if (base.signum() == 0) {
                throw new BadExpressionException("division by zero");
            }
            return new Decimal(Math.pow(base.doubleValue(), exponent.doubleValue()));
        }
        if (base.abs().bitLength() <= 1) {
            // 0, 1 and -1 stay short whatever the exponent is.
            return new Whole(base.pow(exponent.signum() == 0 ? 0 : exponent.testBit(0) ? 1 : 2));
        }
        if (exponent.bitLength() > Integer.SIZE - 2
                || (long) (base.bitLength() - 1) * exponent.intValue() > MOST_BITS) {
            throw tooLarge();
        }
        return new Whole(base.pow(exponent.intValue()));
    }

    private static Quantity checked(Quantity value) throws BadExpressionException {
        if (value instanceof Whole(var whole) && whole.bitLength() > MOST_BITS) {
            throw tooLarge();
        }
        if (value instanceof Decimal(var decimal) && !Double.isFinite(decimal)) {
            throw Double.isNaN(decimal)
                    ? new BadExpressionException("it has no value among the real numbers")
                    : tooLarge();
        }
        return value;
    }

    private static BadExpressionException tooLarge() {
        return new BadExpressionException("the result is too large");
    }

    private static BadExpressionException unknown(String operator) {
        return new BadExpressionException("'%s' is not allowed".formatted(operator));
    }
}
