package org.assistantservice.bench.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class PromptTest {
    @Test
    void theLastUsersMessageNamesTheChat() {
        Prompt prompt =
                read(
                        """
                        {"messages":[{"role":"user","content":"bench-chat-3; hi"},
                        {"role":"tool","content":"42"},{"role":"assistant","content":" s3.0"},
                        {"role":"user","content":"bench-chat-17; hi"}],"tools":[]}\
                        """);

        assertThat(prompt).isEqualTo(new Prompt(17, 0));
    }

    @Test
    void theResultsAfterItAreCounted() {
        Prompt prompt =
                read(
                        """
                        {"messages":[{"role":"user","content":"bench-chat-17; hi"},
                        {"role":"assistant","tool_calls":[]},{"role":"tool","content":"42"},
                        {"role":"assistant","tool_calls":[]},{"role":"tool","content":"43"}]}\
                        """);

        assertThat(prompt).isEqualTo(new Prompt(17, 2));
    }

    @Test
    void aRequestOfNoChatIsTold() {
        assertThat(read("{\"messages\":[]}")).isEqualTo(new Prompt(-1, 0));
    }

    private static Prompt read(String body) {
        return Prompt.read(Unpooled.copiedBuffer(body, UTF_8));
    }
}
