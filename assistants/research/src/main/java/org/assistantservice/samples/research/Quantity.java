package org.assistantservice.samples.research;

import java.math.BigDecimal;
import java.math.BigInteger;

/// A number as Python has them.
sealed interface Quantity {
    double asDouble();

    Quantity negated();

    record Whole(BigInteger value) implements Quantity {
        @Override
        public double asDouble() {
            return value.doubleValue();
        }

        @Override
        public Quantity negated() {
            return new Whole(value.negate());
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    record Decimal(double value) implements Quantity {
        private static final double PLAIN_FROM = 1e-4;
        private static final double PLAIN_TO = 1e16;

        @Override
        public double asDouble() {
            return value;
        }

        @Override
        public Quantity negated() {
            return new Decimal(-value);
        }

        /// Shortest digits that mean this number; `4.0`, `1e+20`, `1.5e-07`.
        @Override
        public String toString() {
            double size = Math.abs(value);
            if (size == 0 || (size >= PLAIN_FROM && size < PLAIN_TO)) {
                String plain = new BigDecimal(Double.toString(value)).toPlainString();
                return plain.contains(".") ? plain : plain + ".0";
            }
            String[] parts = Double.toString(value).split("E", -1);
            int exponent = Integer.parseInt(parts[1]);
            return "%se%s%02d"
                    .formatted(
                            parts[0].replaceFirst("\\.0$", ""),
                            exponent < 0 ? "-" : "+",
                            Math.abs(exponent));
        }
    }
}
