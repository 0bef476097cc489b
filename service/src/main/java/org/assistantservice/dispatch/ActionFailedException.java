package org.assistantservice.dispatch;

import org.assistantservice.actions.ActionException;

/// An action threw or returned something that is not JSON. The message is safe to show to the
/// model: an `ActionException`'s own text, or only the simple class name of anything else. The
/// cause is for the log and refers to no object of the action's classes.
public final class ActionFailedException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MAX_MESSAGE = 2_000;

    public ActionFailedException(String message, Throwable cause) {
        super(CappedText.of(message, MAX_MESSAGE), cause);
    }

    public ActionFailedException(String message) {
        super(CappedText.of(message, MAX_MESSAGE));
    }

    /// Describes what an action threw. Calls methods of `thrown`, which may be code of the author:
    /// for the pack's own threads, and with the pack's class loader set.
    public static ActionFailedException from(Throwable thrown) {
        if (thrown instanceof ActionException refusal) {
            String message = String.valueOf(refusal.getMessage());
            Throwable cause = refusal.getCause();
            return cause == null
                    ? new ActionFailedException(message)
                    : new ActionFailedException(message, ThrownByAction.copyOf(cause));
        }
        return new ActionFailedException(
                simpleName(thrown.getClass()), ThrownByAction.copyOf(thrown));
    }

    /// Describes something thrown by its class alone; calls no method of it.
    static ActionFailedException ofClass(Throwable thrown) {
        return new ActionFailedException(simpleName(thrown.getClass()));
    }

    /// An anonymous class has no simple name; it is called by its binary name, e.g. `Orders$1`.
    private static String simpleName(Class<?> type) {
        String name = type.getName();
        return type.isAnonymousClass()
                ? name.substring(name.lastIndexOf('.') + 1)
                : type.getSimpleName();
    }
}
