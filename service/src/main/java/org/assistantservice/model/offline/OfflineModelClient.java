package org.assistantservice.model.offline;

import static org.assistantservice.model.ModelTurn.FinishReason.DONE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assistantservice.model.ModelClient;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelException.Fault;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.offline.Decision.PlannedCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The offline model as a model client: streams word by word on a virtual thread per call, which is
/// also the listener's. Reports no usage. Thread-safe.
public final class OfflineModelClient implements ModelClient {
    private static final Logger LOG = LoggerFactory.getLogger(OfflineModelClient.class);

    private final Duration wordPace;

    public OfflineModelClient(OfflineSettings settings) {
        wordPace = settings.wordPace();
    }

    @Override
    public ModelCall start(ModelRequest request, ModelListener listener) {
        CountDownLatch cancelled = new CountDownLatch(1);
        Thread.ofVirtual()
                .name("offline-model")
                .start(() -> answer(request, new Speech(listener, cancelled, wordPace)));
        return cancelled::countDown;
    }

    private static void answer(ModelRequest request, Speech speech) {
        try {
            switch (TurnPlanner.plan(request)) {
                case Decision.Say(String text) -> speech.say(text);
                case Decision.Act(List<PlannedCall> calls) -> speech.act(calls);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            speech.fail(e);
        } catch (RuntimeException e) {
            LOG.error("{}: the offline model failed", request.correlationId(), e);
            speech.fail(e);
        }
    }

    /// One answer on its way to the listener.
    private record Speech(ModelListener listener, CountDownLatch cancelled, Duration pace) {
        void say(String text) throws InterruptedException {
            for (String word : text.split("(?<=\\s)(?=\\S)", -1)) {
                if (cancelled.await(pace.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                listener.text(word);
                listener.readEnd();
            }
            listener.finished(new ModelTurn(text, List.of(), DONE, null));
        }

        void act(List<PlannedCall> planned) {
            if (isCancelled()) {
                return;
            }
            List<ModelToolCall> calls = new ArrayList<>();
            for (PlannedCall plan : planned) {
                String id = "call_" + UUID.randomUUID().toString().replace("-", "");
                listener.callStarted(calls.size(), id, plan.function());
                listener.callArguments(calls.size(), plan.argumentsJson());
                calls.add(new ModelToolCall(id, plan.function(), plan.argumentsJson(), null));
            }
            listener.readEnd();
            listener.finished(new ModelTurn("", calls, DONE, null));
        }

        void fail(Exception cause) {
            if (!isCancelled()) {
                listener.failed(
                        new ModelException(
                                Fault.UNAVAILABLE, "The offline model failed", null, cause));
            }
        }

        private boolean isCancelled() {
            return cancelled.getCount() == 0;
        }
    }
}
