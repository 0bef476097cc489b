package org.assistantservice.samples.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {
    private final Arithmetic arithmetic = new Arithmetic();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2*(3+4)|14",
                "math.sqrt(16)|4.0",
                "math.pi|3.141592653589793",
                "7/2|3.5",
                "4/2|2.0",
                "7//2|3",
                "-7//2|-4",
                "7.5//2|3.0",
                "-7%3|2",
                "7%-3|-2",
                "2**10|1024",
                "2**3**2|512",
                "-2**2|-4",
                "2**(-1)|0.5",
                "2*-3|-6",
                "10-2-3|5",
                "0**0|1",
                "(-1)**1000000001|-1",
                "1**999999999999999999999|1",
                "0.1+0.2|0.30000000000000004",
                "1e20|1e+20",
                "1.5/10000000|1.5e-07",
                "10**20|100000000000000000000",
                "0x10|16",
                "math.factorial(20)|2432902008176640000",
                "math.floor(2.7)|2",
                "math.ceil(-2.7)|-2",
                "math.log(8,2)|3.0",
                "math.gcd(12,18)|6",
                "abs(-3)|3",
                "math.hypot(3,4)|5.0"
            })
    void anExpressionHasTheValueThatPythonGivesIt(String expression, String value)
            throws BadExpressionException {
        assertThat(arithmetic.value(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "__import__('os')|Undefined function '__import__'",
                "().__class__|Undefined operator '.'",
                "1/0|division by zero",
                "1//0|division by zero",
                "1%0|division by zero",
                "0**(-1)|division by zero",
                "1.0/0|division by zero",
                "9**9**9|the result is too large",
                "9**9**9**9|the result is too large",
                "(10**300)*(10**300)|the result is too large",
                "10.0**400|the result is too large",
                "math.exp(1000)|the result is too large",
                "math.sqrt(-1)|it has no value among the real numbers",
                "math.factorial(1000000000)|factorial takes a number from 0 to 170",
                "math.factorial(-1)|factorial takes a number from 0 to 170",
                "math.factorial(2.5)|factorial takes whole numbers",
                "math.sqrt(1,2)|sqrt takes 1 arguments but got 2",
                "a+b|'a' is not known",
                "\"text\"|'text' is not allowed"
            })
    void whatHasNoValueIsRefusedWithItsReason(String expression, String reason) {
        assertThatThrownBy(() -> arithmetic.value(expression))
                .isInstanceOf(BadExpressionException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "open('/etc/passwd')",
                "exec('x')",
                "(lambda: 1)()",
                "[1,2]",
                "x=1",
                "1;2",
                "1,2",
                "(1",
                "1)",
                "2 3",
                "IF(1,2,3)",
                "STR_MATCHES(\"a\",\"(a+)+\")",
                "RANDOM()",
                "1e999999999",
                "1 == 1"
            })
    void nothingButArithmeticIsUnderstood(String expression) {
        assertThatThrownBy(() -> arithmetic.value(expression))
                .isInstanceOf(BadExpressionException.class);
    }

    @Test
    void aLongExpressionIsRefused() {
        assertThatThrownBy(() -> arithmetic.value("(".repeat(10_000)))
                .hasMessage("it is longer than 500");
        assertThatThrownBy(() -> arithmetic.value("(".repeat(500)))
                .isInstanceOf(BadExpressionException.class);
    }
}
