package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ActionSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();

    public static final class WeatherActions {
        @Action(
                name = "get_weather",
                description = "Current weather for a city.",
                effect = Effect.READ_ONLY,
                timeout = "10s",
                notice = "Checking the weather")
        public String current(
                @Param("City, e.g. Lisbon") String location,
                @Param(value = "Unit", required = false) @Nullable Unit unit,
                ActionContext context) {
            return location + unit + context;
        }
    }

    public enum Unit {
        CELSIUS,
        @JsonProperty("F")
        FAHRENHEIT
    }

    @Test
    void aDefinitionSaysWhatTheAnnotationsSay() throws Exception {
        try (BoundActions actions = BoundActions.of(WeatherActions.class)) {
            assertThat(actions.definition("get_weather"))
                    .isEqualTo(
                            new ActionDefinition(
                                    new ActionRef("test", "get_weather"),
                                    "Current weather for a city.",
                                    """
                                    {"type":"object","properties":{\
                                    "location":{"type":"string","description":"City, e.g. Lisbon"},\
                                    "unit":{"type":["string","null"],"enum":["CELSIUS","F",null],\
                                    "description":"Unit"}},\
                                    "required":["location","unit"],"additionalProperties":false}\
                                    """,
                                    true,
                                    Effect.READ_ONLY,
                                    Duration.ofSeconds(10),
                                    "Checking the weather"));
        }
    }

    public static final class Plain {
        @Action(name = "-list_all-Orders_", description = "d", timeout = "PT1M30S")
        public void list() {}
    }

    @Test
    void whatAnAnnotationLeavesOutHasADefault() throws Exception {
        try (BoundActions actions = BoundActions.of(Plain.class)) {
            assertThat(actions.definition("-list_all-Orders_"))
                    .isEqualTo(
                            new ActionDefinition(
                                    new ActionRef("test", "-list_all-Orders_"),
                                    "d",
                                    "{\"type\":\"object\",\"properties\":{},\"required\":[],"
                                            + "\"additionalProperties\":false}",
                                    true,
                                    Effect.ONCE,
                                    Duration.ofSeconds(90),
                                    "Running List All Orders"));
        }
    }

    public static final class Scalars {
        @Action(name = "scalars", description = "d")
        public void scalars(
                @Param("p") boolean yes,
                @Param("p") byte tiny,
                @Param("p") int whole,
                @Param("p") Long big,
                @Param("p") double real,
                @Param("p") char letter,
                @Param("p") BigDecimal exact,
                @Param("p") BigInteger huge) {}
    }

    @Test
    void numbersAndLetters() throws Exception {
        assertProperties(
                Scalars.class,
                """
                {"yes":{"type":"boolean","description":"p"},
                 "tiny":{"type":"integer","description":"p (-128 to 127)"},
                 "whole":{"type":"integer","description":"p"},
                 "big":{"type":"integer","description":"p"},
                 "real":{"type":"number","description":"p"},
                 "letter":{"type":"string","description":"p (one character)"},
                 "exact":{"type":"number","description":"p"},
                 "huge":{"type":"integer","description":"p"}}\
                """);
    }

    public static final class Times {
        @Action(name = "times", description = "d")
        public void times(
                @Param("p") Instant instant,
                @Param("p") LocalDate date,
                @Param("p") LocalDateTime local,
                @Param("p") Duration duration,
                @Param("p") UUID id) {}
    }

    @Test
    void timesHaveAFormatThatModelsKnowOrAnExample() throws Exception {
        assertProperties(
                Times.class,
                """
                {"instant":{"type":"string","format":"date-time","description":"p"},
                 "date":{"type":"string","format":"date","description":"p"},
                 "local":{"type":"string","description":"p (form: 2026-03-01T09:30)"},
                 "duration":{"type":"string","format":"duration","description":"p"},
                 "id":{"type":"string","format":"uuid","description":"p"}}\
                """);
    }

    public static final class Optionals {
        @Action(name = "optionals", description = "d")
        public void optionals(
                @Param("p") Optional<String> text,
                @Param("p") OptionalInt whole,
                @Param("p") OptionalLong big,
                @Param("p") OptionalDouble real,
                @Param("p") @Nullable List<String> list,
                @Param(value = "p", required = false) String other) {}
    }

    @Test
    void optionalsAreNullableUnions() throws Exception {
        assertProperties(
                Optionals.class,
                """
                {"text":{"type":["string","null"],"description":"p"},
                 "whole":{"type":["integer","null"],"description":"p"},
                 "big":{"type":["integer","null"],"description":"p"},
                 "real":{"type":["number","null"],"description":"p"},
                 "list":{"type":["array","null"],"items":{"type":"string"},"description":"p"},
                 "other":{"type":["string","null"],"description":"p"}}\
                """);
    }

    public record Range(
            @Param("First day") LocalDate from,
            @Param(value = "Last day", required = false) @Nullable LocalDate to,
            @JsonProperty("days") List<Day> all) {}

    public record Day(int number) {}

    public static final class Nested {
        @Action(name = "nested", description = "d")
        public void nested(
                @Param("p") Range range, @Param("p") Set<Day> set, @Param("p") int[][] grid) {}
    }

    @Test
    void recordsAndListsAreWrittenInPlace() throws Exception {
        assertProperties(
                Nested.class,
                """
                {"range":{"type":"object","properties":{
                    "from":{"type":"string","description":"First day","format":"date"},
                    "to":{"type":["string","null"],"description":"Last day","format":"date"},
                    "days":{"type":"array","items":{"type":"object",
                       "properties":{"number":{"type":"integer"}},
                       "required":["number"],"additionalProperties":false}}},
                   "required":["from","to","days"],"additionalProperties":false,
                   "description":"p"},
                 "set":{"type":"array","items":{"type":"object",
                    "properties":{"number":{"type":"integer"}},
                    "required":["number"],"additionalProperties":false},
                   "description":"p (no item twice)"},
                 "grid":{"type":"array","items":{"type":"array","items":{"type":"integer"}},
                   "description":"p"}}\
                """);
    }

    public sealed interface Payment permits CreditCard, BankTransfer {}

    public record CreditCard(@Param("Digits") String number) implements Payment {}

    public record BankTransfer(String iban, Optional<String> bic) implements Payment {}

    public static final class Sealed {
        @Action(name = "sealed", description = "d")
        public void sealed(@Param(value = "p", required = false) @Nullable Payment payment) {}
    }

    @Test
    void theFormsOfASealedInterfaceAreToldApartByType() throws Exception {
        assertProperties(
                Sealed.class,
                """
                {"payment":{"anyOf":[
                   {"type":"object","properties":{
                      "type":{"type":"string","const":"credit_card"},
                      "number":{"type":"string","description":"Digits"}},
                    "required":["type","number"],"additionalProperties":false},
                   {"type":"object","properties":{
                      "type":{"type":"string","const":"bank_transfer"},
                      "iban":{"type":"string"},
                      "bic":{"type":["string","null"]}},
                    "required":["type","iban","bic"],"additionalProperties":false},
                   {"type":"null"}],
                  "description":"p"}}\
                """);
    }

    public record Empty() {}

    public sealed interface Choice permits None, One {}

    public record None() implements Choice {}

    public record One(int number) implements Choice {}

    public static final class Empties {
        @Action(name = "empties", description = "d")
        public void empties(
                @Param("p") Empty empty,
                @Param("p") Optional<Empty> maybe,
                @Param("p") Choice choice) {}
    }

    @Test
    void aRecordWithoutComponentsIsSaidToBeEmpty() throws Exception {
        assertProperties(
                Empties.class,
                """
                {"empty":{"type":"object","properties":{},"required":[],
                   "additionalProperties":false,"description":"p"},
                 "maybe":{"type":["object","null"],"properties":{},"required":[],
                   "additionalProperties":false,"description":"p"},
                 "choice":{"anyOf":[
                   {"type":"object","properties":{"type":{"type":"string","const":"none"}},
                    "required":["type"],"additionalProperties":false},
                   {"type":"object","properties":{"type":{"type":"string","const":"one"},
                      "number":{"type":"integer"}},
                    "required":["type","number"],"additionalProperties":false}],
                  "description":"p"}}\
                """);
    }

    public static final class Deep {
        @Action(name = "nine", description = "d")
        public void nine(@Param("p") int[][][][][][][][][] grid) {}

        @Action(name = "ten", description = "d")
        public void ten(@Param("p") int[][][][][][][][][][] grid) {}
    }

    @Test
    void anActionIsStrictOnlyIfItsSchemaIsWithinTheLimits() throws Exception {
        try (BoundActions actions = BoundActions.of(Deep.class)) {
            assertThat(actions.definition("nine").strict()).isTrue();
            assertThat(actions.definition("ten").strict()).isFalse();
        }
    }

    public static final class Maps {
        @Action(name = "maps", description = "d")
        public void maps(
                @Param("p") Map<String, Integer> counts,
                @Param("p") Map<String, Object> free,
                @Param("p") @Nullable String note) {}
    }

    @Test
    void anActionWithAMapIsNotStrict() throws Exception {
        try (BoundActions actions = BoundActions.of(Maps.class)) {
            assertThat(actions.definition("maps").strict()).isFalse();
            assertThat(actions.definition("maps").parametersJson())
                    .isEqualTo(
                            """
                            {"type":"object","properties":{\
                            "counts":{"type":"object","additionalProperties":{"type":"integer"},\
                            "description":"p"},\
                            "free":{"type":"object","additionalProperties":{},"description":"p"},\
                            "note":{"type":["string","null"],"description":"p"}},\
                            "required":["counts","free"],"additionalProperties":false}\
                            """);
        }
    }

    private static void assertProperties(Class<?> type, String expected) throws Exception {
        String name = type.getSimpleName().toLowerCase(Locale.ROOT);
        try (BoundActions actions = BoundActions.of(type)) {
            ActionDefinition definition = actions.definition(name);

            assertThat(JSON.readTree(definition.parametersJson()).get("properties"))
                    .isEqualTo(JSON.readTree(expected));
            assertThat(definition.strict()).isTrue();
        }
    }
}
