package org.assistantservice.samples.defichain;

/// An expression has no value. The message is for the model.
final class CalculationException extends Exception {
    private static final long serialVersionUID = 1;

    private final String text;

    CalculationException(String text) {
        super(text);
        this.text = text;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
