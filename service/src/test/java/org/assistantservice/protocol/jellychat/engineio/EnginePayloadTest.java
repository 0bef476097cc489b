package org.assistantservice.protocol.jellychat.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnginePayloadTest {
    @Test
    void packetsAreSeparatedByU001E() throws Exception {
        List<EnginePacket> packets =
                List.of(
                        EnginePacket.message("hello"),
                        new EnginePacket(EnginePacket.Type.PING, "probe"),
                        EnginePacket.message(""),
                        EnginePacket.NOOP);

        assertThat(EnginePayload.join(packets)).isEqualTo("4hello\u001e2probe\u001e4\u001e6");
        assertThat(EnginePayload.split("4hello\u001e2probe\u001e4\u001e6")).isEqualTo(packets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "7", "bAQID", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b"})
    void whatIsNoPacketRefusesTheWholeBody(String body) {
        assertThatThrownBy(() -> EnginePayload.split(body))
                .isInstanceOf(EngineException.class)
                .hasMessage("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void aBodyMayHaveSoManyPackets() throws Exception {
        String most = "6\u001e".repeat(EnginePayload.MOST_PACKETS - 1) + "6";

        assertThat(EnginePayload.split(most)).hasSize(EnginePayload.MOST_PACKETS);
        assertThatThrownBy(() -> EnginePayload.split(most + "\u001e6"))
                .isInstanceOf(EngineException.class);
    }
}
