package org.assistantservice.samples.research;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.AbstractFunction;
import com.ezylang.evalex.functions.FunctionParameter;
import com.ezylang.evalex.operators.AbstractOperator;
import com.ezylang.evalex.operators.InfixOperator;
import com.ezylang.evalex.operators.PrefixOperator;
import com.ezylang.evalex.parser.Token;

/// What the parser knows: operators with Python's precedence, and the names of functions. It only
/// parses, so none of its parts can be evaluated.
final class Grammar {
    private Grammar() {}

    static ExpressionConfiguration configuration() {
        MapBasedOperatorDictionary operators = new MapBasedOperatorDictionary();
        operators.addOperator("+", new Sum());
        operators.addOperator("-", new Sum());
        operators.addOperator("*", new Product());
        operators.addOperator("/", new Product());
        operators.addOperator("//", new Product());
        operators.addOperator("%", new Product());
        operators.addOperator("**", new Power());
        operators.addOperator("+", new Sign());
        operators.addOperator("-", new Sign());
        MapBasedFunctionDictionary functions = new MapBasedFunctionDictionary();
        MathFunctions.names().forEach(name -> functions.addFunction(name, new Named()));
        return ExpressionConfiguration.builder()
                .operatorDictionary(operators)
                .functionDictionary(functions)
                .arraysAllowed(false)
                .structuresAllowed(false)
                .implicitMultiplicationAllowed(false)
                .build();
    }

    private abstract static class Parsed extends AbstractOperator {
        @Override
        public EvaluationValue evaluate(
                Expression expression, Token operator, EvaluationValue... operands) {
            throw new IllegalStateException("Only parsed");
        }
    }

    @InfixOperator(precedence = 20)
    private static final class Sum extends Parsed {}

    @InfixOperator(precedence = 30)
    private static final class Product extends Parsed {}

    @PrefixOperator(precedence = 60)
    private static final class Sign extends Parsed {}

    @InfixOperator(precedence = 80, leftAssociative = false)
    private static final class Power extends Parsed {}

    @FunctionParameter(name = "values", isVarArg = true)
    private static final class Named extends AbstractFunction {
        @Override
        public EvaluationValue evaluate(
                Expression expression, Token function, EvaluationValue... arguments) {
            throw new IllegalStateException("Only parsed");
        }
    }
}
