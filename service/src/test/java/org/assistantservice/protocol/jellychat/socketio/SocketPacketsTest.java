package org.assistantservice.protocol.jellychat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class SocketPacketsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0{\"token\":\"x\"}",
                "0/admin,{\"token\":\"x\"}",
                "1",
                "1/admin,",
                "2[\"hello\",1]",
                "2/admin,456[\"hello\",{\"a\":[1,2]}]",
                "30[]",
                "3/admin,456[\"ok\"]",
                "4{\"message\":\"no\"}",
                "4/x,{\"message\":\"Invalid namespace\"}"
            })
    void whatIsReadIsWrittenAsItWas(String text) throws Exception {
        assertThat(SocketPackets.write(SocketPackets.read(text))).isEqualTo(text);
    }

    @Test
    void anEventHasItsPartsAndPerhapsANumber() throws Exception {
        assertThat(SocketPackets.read("27[\"hello\",1]"))
                .isEqualTo(new SocketPacket.Event("/", NODES.arrayNode().add("hello").add(1), 7L));
        assertThat(SocketPackets.read("2[\"hello\"]"))
                .isEqualTo(new SocketPacket.Event("/", NODES.arrayNode().add("hello"), null));
    }

    @Test
    void theQueryOfANamespaceIsNoPartOfIt() throws Exception {
        assertThat(SocketPackets.read("0/admin?token=x,"))
                .isEqualTo(new SocketPacket.Connect("/admin", null));
    }

    @Test
    void aNamespaceIsBounded() throws Exception {
        String longest = "/" + "x".repeat(199);

        assertThat(SocketPackets.read("0" + longest + ","))
                .isEqualTo(new SocketPacket.Connect(longest, null));
        assertThatThrownBy(() -> SocketPackets.read("0" + longest + "x,"))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage("The namespace has too many characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"51-[\"hello\",{\"_placeholder\":true,\"num\":0}]", "61-1[]", "5"})
    void binaryPacketsAreToldApart(String text) throws Exception {
        assertThat(SocketPackets.read(text)).isEqualTo(new SocketPacket.Binary("/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7|Unknown type '7'",
                "x|Unknown type 'x'",
                "2|An event is a list that begins with its name",
                "2[]|An event is a list that begins with its name",
                "2[1]|An event is a list that begins with its name",
                "2{\"a\":1}|An event is a list that begins with its name",
                "2[\"a\"|The packet's JSON is malformed",
                "2[\"a\",{\"b\":1,\"b\":2}]|The packet's JSON is malformed",
                "2[\"a\"] x|The packet's JSON is malformed",
                "3[]|An acknowledgement is a number and a list",
                "2999999999999999999[\"a\"]|The number has too many digits"
            })
    void whatIsNoPacketIsRefused(String text, String message) {
        assertThatThrownBy(() -> SocketPackets.read(text))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage(message);
    }

    @Test
    void nothingIsNoPacket() {
        assertThatThrownBy(() -> SocketPackets.read(""))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage("The packet is empty");
    }
}
