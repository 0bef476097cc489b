package org.assistantservice.protocol.jellychat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assistantservice.run.RunReader.End;
import org.assistantservice.server.Problem;

/// A REST caller that waits for the whole answer.
final class WaitingCaller implements TurnFollower.Sink {
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private volatile String answer = "";

    /// Waits for the turn's end.
    ///
    /// @throws org.assistantservice.server.ProblemException if the service stopped following it
    String answer() throws InterruptedException, ExecutionException {
        return switch (ended.get()) {
            case RUN_OVER -> answer;
            case SERVICE_STOPPING -> throw Problem.draining().toException();
            case INTERRUPTED -> throw Problem.internal().toException();
        };
    }

    /// The caller is gone: nobody waits any more.
    void leave() {
        ended.complete(End.INTERRUPTED);
    }

    @Override
    public void frame(JellyFrame frame) {
        answer = frame.value();
    }

    @Override
    public void ended(End end) {
        ended.complete(end);
    }
}
