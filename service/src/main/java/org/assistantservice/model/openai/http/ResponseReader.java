package org.assistantservice.model.openai.http;

/// Takes one response as it arrives. All calls come on the event loop of the connection, one at a
/// time; they must not block and must not throw.
///
/// The order is [#head], then [#body] and [#readEnd] any number of times, last one of [#end] and
/// [#broken]. A connection that fails before the head has come says [#broken] alone. Nothing
/// follows once a method has returned false.
public interface ResponseReader {
    /// Status and headers have arrived; informational responses are left out.
    ///
    /// @return whether to go on; if not, the connection is closed
    boolean head(ResponseHead head);

    /// The next bytes of the body, valid during the call only.
    ///
    /// @return whether to go on; if not, the connection is closed
    boolean body(byte[] bytes, int from, int length);

    /// All that one read of the connection brought has been handed over, and the body goes on.
    ///
    /// @return whether more is wanted; if not, what little is left is skipped, so that the
    ///   connection can be used again
    boolean readEnd();

    /// The body is complete.
    void end();

    /// The response will not be completed.
    void broken(Throwable cause);
}
