package org.assistantservice.samples.defichain;

import static org.assertj.core.api.Assertions.assertThat;

import org.assistantservice.actions.testkit.ActionKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalculatorTest {
    @RegisterExtension final ActionKit kit = ActionKit.of(CalculatorActions.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2*(3+4)|14",
                "0.1+0.2|0.3",
                "10/4|2.5",
                "7%4|3",
                "2^10|1024",
                "4^0.5|2",
                "-3+1|-2",
                "1/3|0.3333333333333333333333333333333333",
                "SQRT(16)+ABS(-2)|6",
                "MIN(3,1,2)+MAX(1,5)|6",
                "ROUND(2.345,2)|2.34",
                "FLOOR(2.7)+CEILING(2.1)|5",
                "5-5|0",
                "20000*1.05^10|32577.892535548828125"
            })
    void arithmeticHasItsValue(String expression, String value) {
        assertThat(new java.math.BigDecimal(calculated(expression)))
                .isEqualByComparingTo(new java.math.BigDecimal(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1/0|expression has no value: Division by zero",
                "SQRT(-1)|expression has no value: Attempted square root of negative BigDecimal",
                "(-8)^0.5|a power has no value among the real numbers",
                "9^9^9^9|an exponent is larger than 10000",
                "9^5000|a number has more than 1000 digits",
                "FLOOR(1e2000)|a number has more than 1000 digits",
                "FACT(1000000)|'FACT' is not allowed",
                "RANDOM()|'RANDOM' is not allowed",
                "x+1|'x' is not allowed",
                "1==1|'==' is not allowed",
                "ROUND(1,99)|ROUND takes up to 34 places"
            })
    void whatHasNoValueIsToldToTheModel(String expression, String reason) {
        assertThat(calculated(expression))
                .startsWith("Error: Function 'Calculator' execution failed: " + reason + " (");
    }

    @Test
    void whatIsNoArithmeticIsRefused() {
        assertThat(calculated("Runtime.getRuntime()"))
                .startsWith("Error: Function 'Calculator' execution failed: expression is not");
        assertThat(calculated("1+".repeat(200)))
                .contains("expression must have 1 to 300 characters");
    }

    @Test
    void itsSentenceIsTheOldOne() {
        assertThat(kit.definition("Calculator").notice())
                .isEqualTo("Let's do the math together 🧮");
    }

    private String calculated(String expression) {
        return kit.call("Calculator", "{\"expression\":\"%s\"}".formatted(expression)).output();
    }
}
