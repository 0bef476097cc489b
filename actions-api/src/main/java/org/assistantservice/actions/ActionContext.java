package org.assistantservice.actions;

import java.time.Instant;

/// The call that an action is running in: who asked, in which conversation, until when.
///
/// An action receives it by having a parameter of this type, without [Param]. It is valid during
/// the call and holds no secrets; those are in [ActionSettings]. All methods may be called from any
/// thread.
///
/// Implemented by the service and its test kit only; methods may be added.
public interface ActionContext {
    /// The conversation.
    ///
    /// @return the thread's id, e.g. `thread_4fzWq0GgVn1hbLd8sXkT2cYe`
    String threadId();

    /// The run that asked for this call.
    ///
    /// @return the run's id, e.g. `run_Zk39dLq7TgQw1xVbN5mA8sRc`
    String runId();

    /// This call, by the id that stands in the run's steps and events.
    ///
    /// @return the call's id, e.g. `call_b7Hn2Xw9KtYp4MzQ6vLc1sDf`
    String callId();

    /// The id that ties together the log lines of one request. To be passed on to other services.
    ///
    /// @return the correlation id that came with the request, or one made for it
    String correlationId();

    /// The name that the model called.
    ///
    /// @return the value of [Action#name()]
    String functionName();

    /// Who the run works for. An action that acts for a user decides by this, never by an argument:
    /// arguments are the model's words.
    ///
    /// @return the name of the caller that was authenticated, or `anonymous`
    String principal();

    /// A key for this call, the same each time the service runs it and unlike that of any other
    /// call. An [Effect#IDEMPOTENT] action passes it on, e.g. as the header `Idempotency-Key`.
    ///
    /// @return the key: printable ASCII without spaces, e.g. `run_Zk39dLq7TgQw1xVbN5mA8sRc/2/0`
    String idempotencyKey();

    /// When the call is abandoned: the start of the call plus [Action#timeout()], or the end of the
    /// run's own time if that is earlier.
    ///
    /// @return the deadline, by the service's clock
    Instant deadline();

    /// Whether the result is no longer wanted: the run was cancelled, or the deadline is past. An
    /// action that works in steps asks between them, and returns or throws. The thread is
    /// interrupted as well.
    ///
    /// @return `true` from then on
    boolean isCancelled();

    /// Registers what stops work that an interrupt does not reach, e.g. closing a socket. It runs
    /// at most once, on another thread, when [#isCancelled()] becomes `true`; at once and on this
    /// thread if it is so already; and not at all after the call has returned. What it throws is
    /// logged.
    ///
    /// @param stop quick, and safe to run while the action is working
    void onCancel(Runnable stop);

    /// Tells the user how far the action has come, e.g. `3 of 10 pages read`. The model does not
    /// see it. Never blocks: texts that come faster than they can be shown replace each other, and
    /// one that is too long is cut.
    ///
    /// @param text plain text for the user
    void progress(String text);

    /// Keeps a file that the action made, such as a chart, with the conversation. Users see it
    /// where their client can show it; the model sees nothing of it but what the action returns. A
    /// call that is run again after a crash replaces what it kept before, file by file in the order
    /// in which it keeps them. In a conversation that leaves no trace nothing is kept.
    ///
    /// @param name for people, e.g. `turbines.png`
    /// @param mediaType e.g. `image/png`
    /// @param content the whole file; copied before the method returns
    /// @return the file's id, e.g. `file-0VxB3kq0aZx7Wn2VbTyEo5Mf`
    /// @throws ActionException if it cannot be kept, e.g. because it is too large
    String keepFile(String name, String mediaType, byte[] content);
}
