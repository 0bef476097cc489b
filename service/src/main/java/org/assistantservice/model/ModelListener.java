package org.assistantservice.model;

/// Takes a model's turn as it arrives. Calls come one at a time and in order, on threads of the
/// client's choosing; implementations must not block.
public interface ModelListener {
    /// The next piece of the answer's text; append it. Never splits a surrogate pair, never empty.
    void text(String piece);

    /// The model begins a tool call.
    ///
    /// @param index position among the calls of this turn, from 0
    /// @param id the model's id, or one made here if it sent none
    void callStarted(int index, String id, String name);

    /// The next piece of a call's arguments.
    void callArguments(int index, String piece);

    /// All that one read of the connection brought has been delivered: the moment to flush.
    void readEnd();

    /// The turn is complete.
    void finished(ModelTurn turn);

    /// The turn failed; pieces delivered before are void.
    void failed(ModelException failure);
}
