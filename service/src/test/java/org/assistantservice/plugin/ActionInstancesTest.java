package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Param;
import org.assistantservice.dispatch.AssistantScope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionInstancesTest {
    private static final String UNUSABLE =
            "Error: Function 'show' execution failed: the settings of the assistant cannot be used;"
                    + " its operator must correct them (correlation_id: 12345678)";

    @TempDir private Path data;

    @BeforeEach
    void reset() {
        Counted.MADE.set(0);
        Counted.CLOSED.set(0);
        Configured.MADE.set(0);
        Configured.CLOSED.set(0);
    }

    public static final class Counted implements AutoCloseable {
        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger CLOSED = new AtomicInteger();

        public Counted() {
            MADE.incrementAndGet();
        }

        @Action(name = "count", description = "d")
        public int count() {
            return MADE.get();
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
            throw new IllegalStateException("logged");
        }
    }

    @Test
    void aClassWithoutSettingsHasOneInstanceFromTheStart() throws Exception {
        BoundActions actions = BoundActions.in(data, Counted.class);
        assertThat(Counted.MADE).hasValue(1);

        assertThat(actions.call("count", "", "{\"a\":1}")).isEqualTo("1");
        assertThat(actions.call("count", "", "{\"a\":2}")).isEqualTo("1");
        assertThat(Counted.CLOSED).hasValue(0);

        actions.close();
        assertThat(Counted.CLOSED).hasValue(1);
    }

    public static final class Configured implements AutoCloseable {
        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger CLOSED = new AtomicInteger();

        private final ActionSettings settings;

        public Configured() {
            throw new IllegalStateException("the other one is used");
        }

        public Configured(ActionSettings settings) {
            MADE.incrementAndGet();
            this.settings = settings;
            if (settings.flag("fail", false)) {
                throw new IllegalArgumentException("Setting 'fail' must not be true");
            }
        }

        @Action(name = "show", description = "d")
        public String show(@Param("p") String key) {
            return switch (key) {
                case "names" -> settings.names().toString();
                case "dir" -> settings.dataDir().toString();
                case "secret" -> settings.secret("token") + settings.secret("token").reveal();
                case "page" -> "" + settings.number("page") + settings.number("none", 7);
                case "dry" -> "" + settings.flag("dry", false) + settings.flag("none", true);
                default -> settings.text(key) + settings.text("none", "!");
            };
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    @Test
    void settingsAreResolvedAndTyped() throws Exception {
        String settings =
                """
                {"url":"https://${HOST}/v1?x=$1","token":"${TOKEN}","page":20,"dry":"true",
                 "none":null,"list":["${HOST}"]}\
                """;
        try (BoundActions actions = BoundActions.in(data, Configured.class)) {
            assertThat(show(actions, "url", settings)).isEqualTo("https://example.com/v1?x=$1!");
            assertThat(show(actions, "secret", settings)).isEqualTo("***s3cret");
            assertThat(show(actions, "page", settings)).isEqualTo("207");
            assertThat(show(actions, "dry", settings)).isEqualTo("truetrue");
            assertThat(show(actions, "names", settings))
                    .isEqualTo("[url, token, page, dry, none, list]");
            assertThat(show(actions, "missing", settings))
                    .isEqualTo(
                            "Error: Function 'show' execution failed: IllegalArgumentException"
                                    + " (correlation_id: 12345678)");
        }
    }

    @Test
    void aVariableThatIsNotSetHasTheTextBesideIt() throws Exception {
        String settings =
                """
                {"url":"${NOT_SET:-http://localhost/?a=$1}","set":"${HOST:-unused}",
                 "none":"${NOT_SET:-}"}\
                """;
        try (BoundActions actions = BoundActions.in(data, Configured.class)) {
            assertThat(show(actions, "url", settings)).isEqualTo("http://localhost/?a=$1");
            assertThat(show(actions, "set", settings)).isEqualTo("example.com");
            assertThat(show(actions, "none", settings)).isEmpty();
        }
    }

    @Test
    void eachAssistantAndVersionHasItsInstanceAndFolder() throws Exception {
        try (BoundActions actions = BoundActions.in(data, Configured.class)) {
            assertThat(Configured.MADE).hasValue(0);

            AssistantScope one = new AssistantScope("asst_1", "v1", "{\"a\":\"x\"}");
            AssistantScope next = new AssistantScope("asst_1", "v2", "{\"a\":\"y\"}");
            AssistantScope other = new AssistantScope("asst_2", "v1", "{\"a\":\"z\"}");
            for (AssistantScope scope : List.of(one, next, other, one)) {
                actions.outcome("show", "{\"key\":\"a\"}", scope);
            }
            assertThat(Configured.MADE).hasValue(3);

            Path folder = data.resolve("asst_2").resolve("test");
            assertThat(actions.outcome("show", "{\"key\":\"dir\"}", other).output())
                    .isEqualTo(folder.toAbsolutePath().toString());
            assertThat(Files.isDirectory(folder)).isTrue();
        }
        assertThat(Configured.CLOSED).hasValue(3);
    }

    @Test
    void oldInstancesAreClosedWhenThereAreTooMany() throws Exception {
        try (BoundActions actions = BoundActions.in(data, Configured.class)) {
            for (int i = 0; i < Receivers.MAX_INSTANCES + 5; i++) {
                show(actions, "names", "{\"i\":%d}".formatted(i));
            }
            assertThat(Configured.CLOSED).hasValue(5);
        }
        assertThat(Configured.CLOSED).hasValue(Receivers.MAX_INSTANCES + 5);
    }

    @Test
    void settingsThatCannotBeResolvedAreAnOperatorsMatter() throws Exception {
        try (BoundActions actions = BoundActions.in(data, Configured.class)) {
            assertThat(show(actions, "a", "{\"a\":\"${UNSET}\"}")).isEqualTo(UNUSABLE);
            assertThat(show(actions, "a", "{\"a\":{\"b\":[\"${LOOP}\"]}}")).isEqualTo(UNUSABLE);
            assertThat(show(actions, "a", "[]")).isEqualTo(UNUSABLE);
            assertThat(show(actions, "a", "{")).isEqualTo(UNUSABLE);
            assertThat(
                            actions.outcome(
                                            "show",
                                            "{\"key\":\"a\"}",
                                            new AssistantScope("../up", "v", "{}"))
                                    .output())
                    .isEqualTo(UNUSABLE);
        }
    }

    @Test
    void anInstanceThatFailedIsTriedAgain() throws Exception {
        try (BoundActions actions = BoundActions.in(data, Configured.class)) {
            String failed =
                    "Error: Function 'show' execution failed: IllegalArgumentException"
                            + " (correlation_id: 12345678)";
            assertThat(show(actions, "a", "{\"fail\":true}")).isEqualTo(failed);
            assertThat(show(actions, "a", "{\"fail\":true}")).isEqualTo(failed);
        }
        assertThat(Configured.MADE).hasValue(2);
        assertThat(Configured.CLOSED).hasValue(0);
    }

    @Test
    void nothingKeepsTheClassLoaderOfAClosedPack() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loaders.add(bindCallAndClose());
        }

        Awaitility.await()
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(loaders).allMatch(loader -> loader.refersTo(null));
                });
    }

    private static WeakReference<ClassLoader> bindCallAndClose() throws Exception {
        ClassLoader loader =
                CompiledClasses.with()
                        .add(
                                "Leaky",
                                """
                                import java.util.*;
                                import org.assistantservice.actions.*;
                                public class Leaky {
                                    public enum Kind { A, B }
                                    public sealed interface Form permits One, Two {}
                                    public record One(Kind kind) implements Form {}
                                    public record Two(List<One> ones) implements Form {}
                                    @Action(name = "a", description = "d")
                                    public Form run(@Param("p") Form form) { return form; }
                                }
                                """)
                        .loader();
        var scanned = new ScannedAction("l.jar", "Leaky", "run", "(LLeaky$Form;)LLeaky$Form;", "a");
        BoundPack pack = Binding.of(List.of(scanned), loader);
        assertThat(Binding.call(pack, "{\"form\":{\"type\":\"one\",\"kind\":\"B\"}}"))
                .isEqualTo("{\"kind\":\"B\"}");
        pack.close().run();
        return new WeakReference<>(loader);
    }

    private static String show(BoundActions actions, String key, String settings)
            throws InterruptedException {
        return actions.call("show", "{\"key\":\"%s\"}".formatted(key), settings);
    }
}
