package org.assistantservice.model.openai;

/// Takes out `<think>…</think>` at the start of an answer, which plain chat templates leave in the
/// text, however its marks are split over pieces. For one thread.
final class ThinkFilter {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";
    private static final int MAX_LEADING_SPACE = 64;

    private enum State {
        START,
        THINKING,
        AFTER,
        PASSING
    }

    private State state = State.START;
    private String kept = "";

    /// The part of the answer that can be shown now.
    String visible(String piece) {
        return switch (state) {
            case PASSING -> piece;
            case START -> start(kept + piece);
            case THINKING -> thinking(kept + piece);
            case AFTER -> after(piece);
        };
    }

    /// What is left when no more pieces come.
    String end() {
        String left = state == State.START ? kept : "";
        kept = "";
        state = State.PASSING;
        return left;
    }

    private String start(String text) {
        String answer = text.stripLeading();
        if (answer.startsWith(OPEN)) {
            state = State.THINKING;
            kept = "";
            return thinking(answer.substring(OPEN.length()));
        }
        if (OPEN.startsWith(answer) && text.length() - answer.length() <= MAX_LEADING_SPACE) {
            kept = text;
            return "";
        }
        state = State.PASSING;
        kept = "";
        return text;
    }

    private String thinking(String text) {
        int close = text.indexOf(CLOSE);
        if (close < 0) {
            kept = text.substring(Math.max(0, text.length() - CLOSE.length() + 1));
            return "";
        }
        state = State.AFTER;
        kept = "";
        return after(text.substring(close + CLOSE.length()));
    }

    private String after(String text) {
        String answer = text.stripLeading();
        if (!answer.isEmpty()) {
            state = State.PASSING;
        }
        return answer;
    }
}
