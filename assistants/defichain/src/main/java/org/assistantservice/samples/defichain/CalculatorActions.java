package org.assistantservice.samples.defichain;

import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// Arithmetic. Thread-safe.
public final class CalculatorActions {
    private final Calculator calculator = new Calculator();

    @Action(
            name = "Calculator",
            description =
                    "Calculates an arithmetic expression with + - * / % ^, brackets, PI, E, SQRT,"
                            + " ABS, MIN, MAX, ROUND, FLOOR and CEILING.",
            effect = Effect.READ_ONLY,
            timeout = "5s",
            notice = "Let's do the math together 🧮")
    public String calculate(@Param("The expression, e.g. 2*(3+4)") String expression) {
        try {
            return calculator.value(expression);
        } catch (CalculationException e) {
            throw new ActionException(e.getMessage());
        }
    }
}
