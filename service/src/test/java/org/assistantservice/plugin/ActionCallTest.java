package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.Param;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.dispatch.AssistantScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ActionCallTest {
    public record Weather(String city, double degrees, @Nullable String note) {}

    public static final class Results {
        @Action(name = "text", description = "d")
        public String text() {
            return "5 \"quoted\"";
        }

        @Action(name = "number", description = "d")
        public int number() {
            return 5;
        }

        @Action(name = "yes", description = "d")
        public boolean yes() {
            return true;
        }

        @Action(name = "nothing", description = "d")
        public void nothing() {}

        @Action(name = "null", description = "d")
        public @Nullable String nullText() {
            return null;
        }

        @Action(name = "record", description = "d")
        public Weather record() {
            return new Weather("Lisbon", 21.5, null);
        }

        @Action(name = "list", description = "d")
        public List<Weather> list() {
            return List.of(new Weather("Évora", 30, "dry"));
        }

        @Action(name = "full", description = "d")
        public Optional<Weather> full() {
            return Optional.of(new Weather("Porto", Double.NaN, ""));
        }

        @Action(name = "optional_text", description = "d")
        public Optional<String> optionalText() {
            return Optional.of("plain");
        }

        @Action(name = "empty", description = "d")
        public OptionalInt empty() {
            return OptionalInt.empty();
        }

        @Action(name = "stream", description = "d")
        public Stream<Integer> stream() {
            return Stream.of(1, 2, 3);
        }

        @Action(name = "iterator", description = "d")
        public Iterator<String> iterator() {
            return List.of("a", "b").iterator();
        }
    }

    @Test
    void aStringGoesAsItIsAndEverythingElseAsJson() throws Exception {
        try (BoundActions actions = BoundActions.of(Results.class)) {
            assertThat(actions.call("text", "")).isEqualTo("5 \"quoted\"");
            assertThat(actions.call("number", "")).isEqualTo("5");
            assertThat(actions.call("yes", "")).isEqualTo("true");
            assertThat(actions.call("nothing", "")).isEqualTo("null");
            assertThat(actions.call("null", "")).isEqualTo("null");
            assertThat(actions.call("record", ""))
                    .isEqualTo("{\"city\":\"Lisbon\",\"degrees\":21.5,\"note\":null}");
            assertThat(actions.call("list", ""))
                    .isEqualTo("[{\"city\":\"Évora\",\"degrees\":30.0,\"note\":\"dry\"}]");
            assertThat(actions.call("full", ""))
                    .isEqualTo("{\"city\":\"Porto\",\"degrees\":\"NaN\",\"note\":\"\"}");
            assertThat(actions.call("optional_text", "")).isEqualTo("plain");
            assertThat(actions.call("empty", "")).isEqualTo("null");
            assertThat(actions.call("stream", "")).isEqualTo("[1,2,3]");
            assertThat(actions.call("iterator", "")).isEqualTo("[\"a\",\"b\"]");
        }
    }

    public static final class BadResults {
        @Action(name = "endless", description = "d")
        public Stream<String> endless() {
            return Stream.generate(() -> "again");
        }

        @Action(name = "huge", description = "d")
        public String huge() {
            return "x".repeat(262_145);
        }

        @Action(name = "cyclic", description = "d")
        public Map<String, Object> cyclic() {
            Map<String, Object> map = new HashMap<>();
            map.put("list", List.of(map));
            return map;
        }

        @Action(name = "promise", description = "d")
        @SuppressWarnings("FutureReturnValueIgnored") // the mistake
        public Object promise() {
            return new CompletableFuture<String>();
        }

        @Action(name = "throwing", description = "d")
        public Throwing throwing() {
            return new Throwing();
        }

        @Action(name = "half", description = "d")
        public List<Object> half() {
            List<Object> list = new ArrayList<>();
            list.add("a");
            list.add(new Broken());
            return list;
        }
    }

    @SuppressWarnings("DoNotCallSuggester") // the mapper calls it
    public static final class Broken {
        public String getName() throws IOException {
            throw new IOException("disk");
        }
    }

    @SuppressWarnings("DoNotCallSuggester") // the mapper calls it
    public static final class Throwing {
        public String getName() {
            throw new ActionException("the name is not known yet");
        }
    }

    @Test
    void aResultThatIsNoJsonIsAFailure() throws Exception {
        try (BoundActions actions = BoundActions.of(BadResults.class)) {
            assertThat(actions.call("endless", ""))
                    .isEqualTo(failed("endless", "the result is larger than 256 KiB"));
            assertThat(actions.call("huge", ""))
                    .isEqualTo(failed("huge", "the result is larger than 256 KiB"));
            assertThat(actions.call("cyclic", ""))
                    .isEqualTo(
                            failed(
                                    "cyclic",
                                    "the result is nested deeper than 64 levels, or contains"
                                            + " itself"));
            assertThat(actions.call("promise", ""))
                    .isEqualTo(
                            failed(
                                    "promise",
                                    "the result is a promise; an action returns the value itself"));
            assertThat(actions.call("throwing", ""))
                    .isEqualTo(failed("throwing", "the name is not known yet"));
            assertThat(actions.call("half", "")).isEqualTo(failed("half", "IOException"));
        }
    }

    @SuppressWarnings({"DoNotCallSuggester", "InfiniteRecursion"}) // what the tests are about
    public static final class Failures {
        @Action(name = "refuse", description = "d")
        public void refuse() {
            throw new ActionException("limit must be 1 to 20 but was 50");
        }

        @Action(name = "runtime", description = "d")
        public void runtime() {
            throw new IllegalStateException("password is 1234");
        }

        @Action(name = "checked", description = "d")
        public void checked() throws IOException {
            throw new IOException("/etc/passwd");
        }

        @Action(name = "error", description = "d")
        public void error() {
            throw new AssertionError("secret");
        }

        @Action(name = "linkage", description = "d")
        public void linkage() {
            throw new NoClassDefFoundError("com/example/Gone");
        }

        @Action(name = "recursion", description = "d")
        public int recursion() {
            return recursion() + 1;
        }

        @Action(name = "hostile", description = "d")
        public void hostile() {
            throw new HostileException();
        }

        @Action(name = "interrupted", description = "d")
        public void interrupted() throws InterruptedException {
            throw new InterruptedException("by itself");
        }
    }

    private static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }

    @Test
    void whatAnActionThrowsIsToldWithoutItsSecrets() throws Exception {
        try (BoundActions actions = BoundActions.of(Failures.class)) {
            assertThat(actions.call("refuse", ""))
                    .isEqualTo(failed("refuse", "limit must be 1 to 20 but was 50"));
            assertThat(actions.call("runtime", ""))
                    .isEqualTo(failed("runtime", "IllegalStateException"));
            assertThat(actions.call("checked", "")).isEqualTo(failed("checked", "IOException"));
            assertThat(actions.call("error", "")).isEqualTo(failed("error", "AssertionError"));
            assertThat(actions.call("linkage", ""))
                    .isEqualTo(failed("linkage", "NoClassDefFoundError"));
            assertThat(actions.call("recursion", ""))
                    .isEqualTo(failed("recursion", "StackOverflowError"));
            assertThat(actions.call("hostile", ""))
                    .isEqualTo(failed("hostile", "HostileException"));
            assertThat(actions.call("interrupted", ""))
                    .isEqualTo(failed("interrupted", "InterruptedException"));
        }
    }

    public static final class Contextual {
        static final CountDownLatch RUNNING = new CountDownLatch(1);
        static final CountDownLatch STOPPED = new CountDownLatch(2);

        @Action(name = "context", description = "d")
        public Map<String, String> context(ActionContext context, @Param("p") String word) {
            context.progress("working on " + word);
            context.progress("x".repeat(1_000));
            return Map.of(
                    "function", context.functionName(),
                    "call", context.callId(),
                    "correlation", context.correlationId(),
                    "principal", context.principal(),
                    "key", context.idempotencyKey());
        }

        @Action(name = "loader", description = "d")
        public boolean loader() {
            ClassLoader own = Contextual.class.getClassLoader();
            return own.equals(Thread.currentThread().getContextClassLoader());
        }

        @Action(name = "stoppable", description = "d")
        public String stoppable(ActionContext context) throws InterruptedException {
            context.onCancel(() -> {
                STOPPED.countDown();
                throw new IllegalStateException("logged");
            });
            context.onCancel(STOPPED::countDown);
            RUNNING.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                STOPPED.await();
            }
            return "cancelled: " + context.isCancelled();
        }
    }

    @Test
    void anActionSeesItsCall() throws Exception {
        try (BoundActions actions = BoundActions.of(Contextual.class)) {
            String seen = actions.call("context", "{\"word\":\"it\"}");

            assertThat(new JsonMapper().readTree(seen))
                    .isEqualTo(
                            new JsonMapper()
                                    .readTree(
                                            """
                                            {"function":"context","call":"call_1",
                                             "correlation":"12345678-a","principal":"anonymous",
                                             "key":"run_1/2/0"}\
                                            """));
            assertThat(actions.progress).containsExactly("working on it", "x".repeat(200));
            assertThat(actions.call("loader", "")).isEqualTo("true");
        }
    }

    @Test
    void cancellingRunsWhatTheActionRegistered() throws Exception {
        try (BoundActions actions = BoundActions.of(Contextual.class)) {
            Thread canceller =
                    Thread.ofVirtual()
                            .start(() -> {
                                await().until(() -> Contextual.RUNNING.getCount() == 0);
                                actions.cancel.cancel();
                            });

            ActionOutcome outcome =
                    actions.outcome("stoppable", "", new AssistantScope("asst_1", "v", "{}"));

            canceller.join();
            assertThat(outcome)
                    .isEqualTo(
                            new ActionOutcome.Failed(
                                    ActionOutcome.Reason.CANCELLED,
                                    failed("stoppable", "cancelled")));
            assertThat(Contextual.STOPPED.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String failed(String name, String reason) {
        return "Error: Function '%s' execution failed: %s (correlation_id: 12345678)"
                .formatted(name, reason);
    }
}
