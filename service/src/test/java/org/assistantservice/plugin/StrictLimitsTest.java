package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class StrictLimitsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void objectsAndListsMayBeTenLevelsDeep() {
        assertThat(StrictLimits.allow(nested(10))).isTrue();
        assertThat(StrictLimits.allow(nested(11))).isFalse();
    }

    @Test
    void formsAreOnTheLevelOfTheirProperty() {
        ObjectNode forms = JSON.createObjectNode();
        forms.putArray("anyOf").add(nested(9)).addObject().put("type", "null");
        ObjectNode arguments = JSON.createObjectNode().put("type", "object");
        arguments.putObject("properties").set("a", forms);

        assertThat(StrictLimits.allow(arguments)).isTrue();
        forms.withArray("anyOf").add(nested(10));
        assertThat(StrictLimits.allow(arguments)).isFalse();
    }

    @Test
    void allEnumsTogetherMayHaveAThousandValues() {
        assertThat(StrictLimits.allow(enums(600, 400))).isTrue();
        assertThat(StrictLimits.allow(enums(600, 401))).isFalse();
    }

    @Test
    void namesAndValuesMayHave120000CharactersTogether() {
        assertThat(StrictLimits.allow(names(60_000, 30_000, 30_000))).isTrue();
        assertThat(StrictLimits.allow(names(60_001, 30_000, 30_000))).isFalse();
        assertThat(StrictLimits.allow(names(60_000, 30_001, 30_000))).isFalse();
        assertThat(StrictLimits.allow(names(60_000, 30_000, 30_001))).isFalse();
    }

    private static ObjectNode nested(int levels) {
        ObjectNode schema = JSON.createObjectNode().put("type", "string");
        for (int i = 0; i < levels; i++) {
            ObjectNode outer = JSON.createObjectNode();
            if (i % 2 == 0) {
                outer.put("type", "array").set("items", schema);
            } else {
                outer.put("type", "object").putObject("properties").set("a", schema);
            }
            schema = outer;
        }
        return schema;
    }

    private static ObjectNode enums(int... counts) {
        ObjectNode arguments = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = arguments.putObject("properties");
        for (int i = 0; i < counts.length; i++) {
            ArrayNode values = properties.putObject("p" + i).putArray("enum");
            for (int value = 0; value < counts[i]; value++) {
                values.add("v" + value);
            }
        }
        return arguments;
    }

    private static ObjectNode names(int name, int value, int constant) {
        ObjectNode arguments = JSON.createObjectNode().put("type", "object");
        ObjectNode property =
                arguments.putObject("properties").putObject("n".repeat(name)).put("type", "string");
        property.putArray("enum").add("v".repeat(value));
        property.put("const", "c".repeat(constant));
        return arguments;
    }
}
