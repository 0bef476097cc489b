package org.assistantservice.samples.research;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assistantservice.samples.research.Quantity.Decimal;
import org.assistantservice.samples.research.Quantity.Whole;

/// The functions and constants of Python's `math` that are about one or two numbers, and `abs`.
final class MathFunctions {
    private static final Map<String, DoubleUnaryOperator> OF_ONE =
            Map.ofEntries(
                    Map.entry("sqrt", Math::sqrt),
                    Map.entry("cbrt", Math::cbrt),
                    Map.entry("exp", Math::exp),
                    Map.entry("log2", x -> Math.log(x) / Math.log(2)),
                    Map.entry("log10", Math::log10),
                    Map.entry("sin", Math::sin),
                    Map.entry("cos", Math::cos),
                    Map.entry("tan", Math::tan),
                    Map.entry("asin", Math::asin),
                    Map.entry("acos", Math::acos),
                    Map.entry("atan", Math::atan),
                    Map.entry("sinh", Math::sinh),
                    Map.entry("cosh", Math::cosh),
                    Map.entry("tanh", Math::tanh),
                    Map.entry("degrees", Math::toDegrees),
                    Map.entry("radians", Math::toRadians),
                    Map.entry("fabs", Math::abs));
    private static final Map<String, DoubleBinaryOperator> OF_TWO =
            Map.of("pow", Math::pow, "atan2", Math::atan2, "hypot", Math::hypot);
    private static final Map<String, RoundingMode> ROUNDING =
            Map.of(
                    "floor", RoundingMode.FLOOR,
                    "ceil", RoundingMode.CEILING,
                    "trunc", RoundingMode.DOWN);
    private static final Set<String> OTHERS = Set.of("log", "abs", "factorial", "gcd");
    private static final Map<String, Double> CONSTANTS =
            Map.of("pi", Math.PI, "e", Math.E, "tau", Math.TAU);

    /// 170! is the last that a decimal can hold.
    private static final int LAST_FACTORIAL = 170;

    private MathFunctions() {}

    static Set<String> names() {
        return Stream.of(OF_ONE.keySet(), OF_TWO.keySet(), ROUNDING.keySet(), OTHERS)
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Quantity constant(String name) throws BadExpressionException {
        Double value = CONSTANTS.get(name);
        if (value == null) {
            throw new BadExpressionException("'%s' is not known".formatted(name));
        }
        return new Decimal(value);
    }

    static Quantity call(String name, List<Quantity> arguments) throws BadExpressionException {
        if (OF_TWO.containsKey(name) || name.equals("gcd")) {
            expect(name, arguments, 2);
            return ofTwo(name, arguments.get(0), arguments.get(1));
        }
        if (name.equals("log") && arguments.size() == 2) {
            return new Decimal(
                    Math.log(arguments.get(0).asDouble()) / Math.log(arguments.get(1).asDouble()));
        }
        expect(name, arguments, 1);
        return ofOne(name, arguments.getFirst());
    }

    private static Quantity ofTwo(String name, Quantity first, Quantity second)
            throws BadExpressionException {
        DoubleBinaryOperator function = OF_TWO.get(name);
        return function == null
                ? new Whole(whole(name, first).gcd(whole(name, second)))
                : new Decimal(function.applyAsDouble(first.asDouble(), second.asDouble()));
    }

    private static Quantity ofOne(String name, Quantity argument) throws BadExpressionException {
        DoubleUnaryOperator function = OF_ONE.get(name);
        if (function != null) {
            return new Decimal(function.applyAsDouble(argument.asDouble()));
        }
        RoundingMode rounding = ROUNDING.get(name);
        if (rounding != null) {
            return rounded(argument, rounding);
        }
        return switch (name) {
            case "log" -> new Decimal(Math.log(argument.asDouble()));
            case "abs" -> argument.asDouble() < 0 ? argument.negated() : argument;
            case "factorial" -> factorial(whole(name, argument));
            default -> throw new BadExpressionException("'%s' is not known".formatted(name));
        };
    }

    private static Quantity rounded(Quantity argument, RoundingMode rounding) {
        return switch (argument) {
            case Whole whole -> whole;
            case Decimal(var value) ->
                    new Whole(BigDecimal.valueOf(value).setScale(0, rounding).toBigInteger());
        };
    }

    private static Quantity factorial(BigInteger of) throws BadExpressionException {
        if (of.signum() < 0 || of.bitLength() > Byte.SIZE || of.intValue() > LAST_FACTORIAL) {
            throw new BadExpressionException(
                    "factorial takes a number from 0 to %d".formatted(LAST_FACTORIAL));
        }
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= of.intValue(); i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return new Whole(product);
    }

    private static BigInteger whole(String name, Quantity argument) throws BadExpressionException {
        if (argument instanceof Whole(var value)) {
            return value;
        }
        throw new BadExpressionException(name + " takes whole numbers");
    }

    private static void expect(String name, List<Quantity> arguments, int count)
            throws BadExpressionException {
        if (arguments.size() != count) {
            throw new BadExpressionException(
                    "%s takes %d arguments but got %d".formatted(name, count, arguments.size()));
        }
    }
}
