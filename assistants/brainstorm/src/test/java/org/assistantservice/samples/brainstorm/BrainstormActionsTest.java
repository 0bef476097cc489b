package org.assistantservice.samples.brainstorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.testkit.ActionKit;
import org.assistantservice.dispatch.ActionOutcome.Failed;
import org.assistantservice.dispatch.ActionOutcome.Succeeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BrainstormActionsTest {
    @RegisterExtension final ActionKit kit = ActionKit.of(BrainstormActions.class);

    @Test
    void ideasAreKeptAsTheyAre() throws Exception {
        assertThat(kit.call("save_idea", "{\"text\":\" Two\\nlines of \\\"🐱\\\" \"}"))
                .isEqualTo(new Succeeded("Idea saved"));
        assertThat(kit.call("save_idea", "{\"text\":\"Fluffy\"}"))
                .isEqualTo(new Succeeded("Idea saved"));

        assertThat(saved(kit.dataDirectory()))
                .containsExactlyInAnyOrder(" Two\nlines of \"🐱\" ", "Fluffy");
    }

    @Test
    void whatIsNoIdeaOrTooLongIsRefusedInWordsForTheModel() {
        assertThat(kit.call("save_idea", "{\"text\":\" \"}").output())
                .contains("execution failed: text must not be empty (");
        assertThat(kit.call("save_idea", "{\"text\":\"" + "x".repeat(2001) + "\"}").output())
                .contains(
                        "execution failed: text must have at most 2000 characters but has 2001 (");
        assertThat(kit.call("save_idea", "{}")).isInstanceOf(Failed.class);
    }

    @Test
    void theSchemaIsStrictAndACallMayBeRepeated() {
        assertThat(kit.definition("save_idea").strict()).isTrue();
        assertThat(kit.definition("save_idea").effect()).isEqualTo(Effect.IDEMPOTENT);
    }

    @Test
    void theSameKeyIsTheSameIdea(@TempDir Path folder) throws Exception {
        var ideas = new IdeaFiles(folder);

        ideas.save("thread_1", "run_1/2/0", "Whiskers");
        ideas.save("thread_1", "run_1/2/0", "Whiskers");
        ideas.save("thread_1", "run_1/2/1", "Fluffy");

        assertThat(saved(folder)).containsExactlyInAnyOrder("Whiskers", "Fluffy");
    }

    @Test
    void aConversationHasALimit(@TempDir Path folder) throws Exception {
        var ideas = new IdeaFiles(folder);
        Path thread = Files.createDirectories(folder.resolve("thread_1"));
        for (int i = 0; i < 999; i++) {
            Files.writeString(thread.resolve("run_0-1-" + i + ".txt"), "x");
        }

        ideas.save("thread_1", "run_1/1/0", "the last");
        ideas.save("thread_1", "run_1/1/0", "the last");
        ideas.save("thread_2", "run_1/1/0", "another conversation's");

        assertThatThrownBy(() -> ideas.save("thread_1", "run_1/1/1", "too many"))
                .isInstanceOf(ActionException.class)
                .hasMessage("This conversation has 1000 saved ideas, which is the most");
    }

    private static List<String> saved(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
