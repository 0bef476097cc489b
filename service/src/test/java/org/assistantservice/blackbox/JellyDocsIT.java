package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.testing.ScriptedCall;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client of `docs/jellychat.md`, as it stands there.
class JellyDocsIT {
    private static final Pattern EXAMPLE = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL);

    @TempDir Path folder;

    @Test
    void theExampleShowsATurn() throws Exception {
        SocketIoClient.install();
        Path script = Files.createTempFile(SocketIoClient.folder(), "example", ".mjs");
        try (JellyService running = JellyService.in(folder)) {
            Files.writeString(script, example());
            running.model()
                    .onTag(
                            "What is a masternode?",
                            Turn.of(
                                    ScriptedCall.call(
                                            "call_1",
                                            "defichain_wiki_knowledge",
                                            "{\"query\":\"masternode\"}")),
                            Turn.text("It makes ", "blocks."));

            String output =
                    SocketIoClient.node(
                            List.of(script.getFileName().toString()),
                            Map.of("JELLY_URL", running.service().uri("").toString()));

            assertThat(output.lines())
                    .containsExactly(
                            "(" + JellyPack.WIKI_SENTENCE + ")",
                            "It makes blocks.",
                            "16 characters");
        } finally {
            Files.delete(script);
        }
    }

    private static String example() throws Exception {
        Path page = SocketIoClient.folder().resolve("../../../docs/jellychat.md");
        Matcher block = EXAMPLE.matcher(Files.readString(page));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
