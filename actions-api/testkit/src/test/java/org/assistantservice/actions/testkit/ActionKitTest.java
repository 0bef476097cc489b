package org.assistantservice.actions.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.assistantservice.actions.Action;
import org.assistantservice.dispatch.ActionOutcome.Failed;
import org.assistantservice.dispatch.ActionOutcome.Reason;
import org.assistantservice.dispatch.ActionOutcome.Succeeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ActionKitTest {
    @RegisterExtension
    final ActionKit kit =
            ActionKit.of(GreetingActions.class)
                    .withSettings("{\"word\":\"${WORD}\"}")
                    .withEnvironment("WORD", "Olá");

    @Test
    void settingsArriveWithTheirPlaceholdersResolved() {
        assertThat(kit.call("greet", "{\"name\":\"Ana\"}")).isEqualTo(new Succeeded("Olá Ana"));
        assertThat(kit.progress()).containsExactly("Greeting Ana");
    }

    @Test
    void aRefusalIsAnOutcome() {
        assertThat(kit.call("greet", "{\"name\":\" \"}"))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> {
                            assertThat(failed.reason()).isEqualTo(Reason.EXECUTION_FAILED);
                            assertThat(failed.output())
                                    .startsWith(
                                            "Error: Function 'greet' execution failed: name must"
                                                    + " not be blank (correlation_id: ");
                        });
    }

    @Test
    void argumentsAreCheckedAsTheServiceDoes() {
        assertThat(kit.call("greet", "").output())
                .startsWith(
                        "Error: Invalid arguments for function 'greet': Missing required arguments:"
                                + " name (correlation_id: ");
        assertThat(kit.call("gret", "{}").output())
                .startsWith("Error: Function 'gret' not available (correlation_id: ");
    }

    @Test
    void theSchemaIsWhatTheModelGets() {
        assertThat(kit.schema("greet"))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\","
                                + "\"description\":\"First name\"}},\"required\":[\"name\"],"
                                + "\"additionalProperties\":false}");
        assertThat(kit.definition("greet").notice()).isEqualTo("Running Greet");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> kit.schema("gret"))
                .withMessage("There is no action 'gret'; there are [folder, greet]");
    }

    @Test
    void dataIsDeletedWhenTheKitIsClosed() {
        Path folder = Path.of(kit.call("folder", "").output());
        assertThat(folder).isDirectory().startsWith(kit.dataDirectory());

        kit.close();

        assertThat(Files.exists(folder)).isFalse();
        assertThat(kit.call("greet", "{\"name\":\"Ana\"}").output()).isEqualTo("Olá Ana");
    }

    public static final class Wrong {
        @Action(name = "wrong", description = "")
        public void wrong() {}
    }

    @Test
    void mistakesInDefinitionsFailTheTest() {
        try (ActionKit wrong = ActionKit.of(Wrong.class)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> wrong.schema("wrong"))
                    .withMessage(
                            "Action 'wrong' has a blank description: the model cannot know when to"
                                    + " call it. Describe it at ActionKitTest.Wrong.wrong (class"
                                    + " path).");
        }
    }
}
