package org.assistantservice.blackbox;

import static org.assistantservice.testing.ScriptedCall.call;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.testing.Turn;

/// The ways a run can end.
enum WayToEnd {
    COMPLETED,
    FAILED,
    CANCELLED,
    EXPIRED,
    INCOMPLETE,
    UPSTREAM_LOST,
    CLIENT_GONE;

    /// What the model does in such a run: in its first turn it calls [EndsPack]'s action.
    ///
    /// @param clientIsGone releases an answer whose client leaves
    Turn[] script(CountDownLatch clientIsGone) {
        Turn last =
                switch (this) {
                    case COMPLETED -> Turn.text("Half ", "an answer.");
                    case FAILED -> Turn.status(400, Map.of(), "{\"error\":\"secret\"}");
                    case CANCELLED, EXPIRED -> Turn.text("Half ").hang();
                    case INCOMPLETE -> Turn.text("Half ").finishReason("length");
                    case UPSTREAM_LOST -> Turn.text("Half ", "an answer.").cutAfter(2);
                    case CLIENT_GONE ->
                            Turn.text("Half ").pauseUntil(clientIsGone).then("an answer.");
                };
        return new Turn[] {Turn.of(call("call_1", EndsPack.ACTION, "{}")), last};
    }
}
