package org.assistantservice.protocol.jellychat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What one client has sent and was not answered yet, in the order in which it came: what stands at
/// the head is being answered. For one thread at a time.
final class WaitingLine {
    /// Characters of all questions together; a larger one is taken when no other is there.
    static final int MAX_CHARACTERS = 256 * 1024;

    private final Queue<Entry> entries = new ArrayDeque<>();
    private final int maxQuestions;
    private int questions;
    private int characters;

    /// @param maxQuestions how many may stand here, the one that is being answered included
    WaitingLine(int maxQuestions) {
        this.maxQuestions = maxQuestions;
    }

    /// What is to be answered.
    sealed interface Entry {}

    record Asked(Question question) implements Entry {}

    /// Stands in line like a question: clients end the turn under way at a refusal. How many there
    /// are is bounded by the errors that a client may make.
    record Refused(String why) implements Entry {}

    /// Takes a question; false if there are too many: then it was not taken.
    boolean add(Question question) {
        boolean isTooMuch =
                questions >= maxQuestions || characters + size(question) > MAX_CHARACTERS;
        if (isTooMuch && questions > 0) {
            return false;
        }
        entries.add(new Asked(question));
        questions++;
        characters += size(question);
        return true;
    }

    void add(Refused refusal) {
        entries.add(refusal);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    @Nullable Entry head() {
        return entries.peek();
    }

    /// The head was answered.
    ///
    /// @return the next one, or null
    @Nullable Entry next() {
        if (entries.poll() instanceof Asked(var question)) {
            questions--;
            characters -= size(question);
        }
        return entries.peek();
    }

    private static int size(Question question) {
        return question.token().length()
                + question.message().length()
                + question.application().length();
    }
}
