package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionArgumentsTest {
    public enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    public record Range(@Param("First") LocalDate from, @Param("Last") Optional<LocalDate> to) {
        public Range {
            if (to.isPresent() && to.get().isBefore(from)) {
                throw new ActionException("to must not be before from");
            }
        }
    }

    public sealed interface Payment permits CreditCard, BankTransfer {}

    public record CreditCard(String number) implements Payment {}

    public record BankTransfer(String iban) implements Payment {}

    public static final class Actions {
        @Action(name = "weather", description = "d")
        public String weather(@Param("p") String location, @Param("p") @Nullable Unit unit) {
            return location + " " + unit;
        }

        @Action(name = "whole", description = "d")
        public String whole(@Param("p") int n, @Param("p") OptionalInt m) {
            return n + " " + m;
        }

        @Action(name = "tiny", description = "d")
        public String tiny(@Param("p") byte n) {
            return "" + n;
        }

        @Action(name = "range", description = "d")
        public String range(@Param("p") Range range) {
            return range.toString();
        }

        @Action(name = "pay", description = "d")
        public String pay(@Param("p") Payment payment) {
            return payment.toString();
        }

        @Action(name = "lists", description = "d")
        public String lists(
                @Param("p") List<Range> ranges,
                @Param("p") Set<String> words,
                @Param("p") int[][] grid) {
            return ranges + " " + words + " " + Arrays.deepToString(grid);
        }

        @Action(name = "scalars", description = "d")
        public String scalars(
                @Param("p") Instant at,
                @Param("p") UUID id,
                @Param("p") BigDecimal sum,
                @Param("p") char letter) {
            return at + " " + id + " " + sum + " " + letter;
        }

        @Action(name = "sum", description = "d")
        public String sum(@Param("p") BigDecimal sum) {
            return sum.toString();
        }

        @Action(name = "real", description = "d")
        public String real(@Param("p") double x, @Param("p") Optional<Float> y) {
            return x + " " + y.orElse(0f);
        }

        @Action(name = "times", description = "d")
        public String times(
                @Param("p") OffsetDateTime offset,
                @Param("p") ZonedDateTime zoned,
                @Param("p") OffsetTime time,
                @Param("p") LocalDateTime local) {
            return offset + " " + zoned + " " + time + " " + local;
        }

        @Action(name = "maps", description = "d")
        public String maps(
                @Param("p") Map<String, Integer> counts,
                @Param(value = "p", required = false) @Nullable Map<String, Object> free) {
            return counts + " " + free;
        }
    }

    private BoundActions actions;

    @BeforeAll
    void bind() throws ActionDefinitionException {
        actions = BoundActions.of(Actions.class);
    }

    @AfterAll
    void close() {
        actions.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "weather | {\"location\":\"Paris\"} | Paris null",
                "weather | {\"unit\":null,\"location\":\"Paris\"} | Paris null",
                "weather | {\"location\":\"\",\"unit\":\"CELSIUS\"} | ` CELSIUS`",
                "whole | {\"n\":2147483647} | 2147483647 OptionalInt.empty",
                "whole | {\"n\":-0,\"m\":3.0} | 0 OptionalInt[3]",
                "range | {\"range\":{\"from\":\"2026-03-01\"}} |"
                        + " Range[from=2026-03-01, to=Optional.empty]",
                "range | {\"range\":{\"from\":\"2026-03-01\",\"to\":null}} |"
                        + " Range[from=2026-03-01, to=Optional.empty]",
                "range | {\"range\":{\"from\":\"2026-03-01\",\"to\":\"2026-03-02\"}} |"
                        + " Range[from=2026-03-01, to=Optional[2026-03-02]]",
                "pay | {\"payment\":{\"type\":\"bank_transfer\",\"iban\":\"PT50\"}} |"
                        + " BankTransfer[iban=PT50]",
                "pay | {\"payment\":{\"number\":\"42\",\"type\":\"credit_card\"}} |"
                        + " CreditCard[number=42]",
                "lists | {\"ranges\":[{\"from\":\"2026-03-01\"}],\"words\":[\"a\"],"
                        + "\"grid\":[[1],[2,3]]} | [Range[from=2026-03-01, to=Optional.empty]]"
                        + " [a] [[1], [2, 3]]",
                "scalars | {\"at\":\"2026-03-01T10:00:00+01:00\","
                        + "\"id\":\"123e4567-e89b-42d3-a456-426614174000\",\"sum\":0.1,"
                        + "\"letter\":\"é\"} | 2026-03-01T09:00:00Z"
                        + " 123e4567-e89b-42d3-a456-426614174000 0.1 é",
                "maps | {\"counts\":{\"a\":1},\"free\":{\"x\":[1,null,{\"y\":true}]}} |"
                        + " {a=1} {x=[1, null, {y=true}]}",
                "maps | {\"counts\":{}} | {} null",
                "sum | {\"sum\":12345678901234567.89} | 12345678901234567.89",
                "sum | {\"sum\":0.10} | 0.10",
                "sum | {\"sum\":-1.5e1000} | -1.5E+1000",
                "real | {\"x\":0.1,\"y\":1e-7} | 0.1 1.0E-7",
                "real | {\"x\":1.7976931348623157e308} | 1.7976931348623157E308 0.0",
                "times | {\"offset\":\"2026-03-01T09:30:00+05:30\","
                        + "\"zoned\":\"2026-07-01T09:30:00+02:00[Europe/Paris]\","
                        + "\"time\":\"09:30:00-03:00\",\"local\":\"2026-03-01T09:30\"} |"
                        + " 2026-03-01T09:30+05:30 2026-07-01T09:30+02:00[Europe/Paris]"
                        + " 09:30-03:00 2026-03-01T09:30",
                "times | {\"offset\":\"2026-03-01T09:30:00Z\","
                        + "\"zoned\":\"2026-07-01T09:30:00-07:00\","
                        + "\"time\":\"09:30:00Z\",\"local\":\"2026-03-01T09:30\"} |"
                        + " 2026-03-01T09:30Z 2026-07-01T09:30-07:00 09:30Z 2026-03-01T09:30",
            })
    void argumentsThatFitReachTheAction(String name, String arguments, String output)
            throws Exception {
        assertThat(actions.call(name, arguments)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "weather | {} | Missing required arguments: location",
                "weather | `` | Missing required arguments: location",
                "lists | {\"ranges\":3} | Missing required arguments: grid, words",
                "weather | {\"location\":null} | location: must be string but is null",
                "weather | {\"location\":3} | location: must be string but is integer",
                "weather | {\"location\":{}} | location: must be string but is object",
                "weather | {\"location\":\"x\",\"unit\":\"celsius\"} |"
                        + " unit: must be one of CELSIUS, FAHRENHEIT",
                "weather | {\"location\":\"x\",\"__proto__\":{}} |"
                        + " unexpected argument '__proto__'",
                "weather | [] | the arguments must be an object but are of type array",
                "weather | \"x\" | the arguments must be an object but are of type string",
                "weather | null | the arguments must be an object but are of type null",
                "whole | {\"n\":\"3\"} | n: must be integer but is string",
                "whole | {\"n\":3.5} | n: must be integer but is number",
                "whole | {\"n\":2147483648} | n: must be at most 2147483647",
                "whole | {\"n\":3,\"m\":99999999999999999999} | m: must be at most 2147483647",
                "tiny | {\"n\":-129} | n: must be at least -128",
                "real | {\"x\":1e400} | x: must be at most 1.7976931348623157E308",
                "real | {\"x\":-1e400} | x: must be at least -1.7976931348623157E308",
                "real | {\"x\":1,\"y\":1e39} | y: must be at most 3.4028234663852886E38",
                "sum | {\"sum\":1e1001} | sum: the exponent of a number must be from -1000 to 1000",
                "sum | {\"sum\":1e-999999999} |"
                        + " sum: the exponent of a number must be from -1000 to 1000",
                "whole | {\"n\":1e999999999} |"
                        + " n: the exponent of a number must be from -1000 to 1000",
                "sum | {\"sum\":1e99999999999} |"
                        + " the exponent of a number must be from -1000 to 1000",
                "maps | {\"counts\":{},\"free\":{\"a\":[1,{\"b\":0e9999}]}} | free.a[1].b: the"
                        + " exponent of a number must be from -1000 to 1000",
                "range | {\"range\":{}} | range: 'from' is missing",
                "range | {\"range\":{\"from\":\"1 March\"}} |"
                        + " range.from: must have the form 2026-03-01",
                "range | {\"range\":{\"from\":\"2026-02-30\"}} |"
                        + " range.from: must have the form 2026-03-01",
                "range | {\"range\":{\"from\":\"2026-03-01\",\"@class\":\"x\"}} |"
                        + " range: unexpected argument '@class'",
                "lists | {\"ranges\":[{\"from\":\"2026-03-01\"},{\"from\":1}],\"words\":[],"
                        + "\"grid\":[]} | ranges[1].from: must be string but is integer",
                "lists | {\"ranges\":[],\"words\":[\"a\",\"a\"],\"grid\":[]} |"
                        + " words: has an item twice",
                "lists | {\"ranges\":[null],\"words\":[],\"grid\":[]} |"
                        + " ranges[0]: must be object but is null",
                "scalars | {\"at\":\"2026-03-01T10:00:00Z\",\"id\":\"1-1-1-1-1\",\"sum\":1,"
                        + "\"letter\":\"a\"} | id: must have the form"
                        + " 123e4567-e89b-42d3-a456-426614174000",
                "scalars | {\"at\":\"2026-03-01T10:00:00Z\","
                        + "\"id\":\"123e4567-e89b-42d3-a456-426614174000\",\"sum\":1,"
                        + "\"letter\":\"ab\"} | letter: must be one character",
                "maps | {\"counts\":{\"a\":\"b\"}} | counts.a: must be integer but is string",
                "pay | {\"payment\":{\"type\":\"credit_card\"}} | payment: 'number' is missing",
                "pay | {\"payment\":{\"type\":\"credit_card\",\"number\":1}} |"
                        + " payment.number: must be string but is integer",
                "pay | {\"payment\":{\"type\":\"cash\"}} | payment: must be an object whose"
                        + " 'type' is one of credit_card, bank_transfer",
                "pay | {\"payment\":{\"iban\":\"x\"}} | payment: must be an object whose 'type'"
                        + " is one of credit_card, bank_transfer",
                "pay | {\"payment\":\"x\"} | payment: must be an object whose 'type' is one of"
                        + " credit_card, bank_transfer",
            })
    void argumentsThatDoNotFitAreRefusedWithTheirPlace(String name, String arguments, String reason)
            throws Exception {
        assertThat(actions.call(name, arguments))
                .isEqualTo(
                        "Error: Invalid arguments for function '%s': %s (correlation_id: 12345678)"
                                .formatted(name, reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"location\": | unexpected end at line 1, column 13",
                "{\"location\":\"a\",\"location\":\"b\"} | a name twice at line 1, column 27",
                "{} {} | malformed at line 1, column 4",
                "{'location':\"a\"} | malformed at line 1, column 2",
                "{\"location\":NaN} | malformed at line 1, column 16",
                "// hello | malformed at line 1, column 1",
            })
    void textThatIsNotJsonIsRefusedWithItsPlace(String arguments, String reason) throws Exception {
        assertThat(actions.call("weather", arguments))
                .isEqualTo("Error: Invalid JSON arguments: " + reason);
    }

    @Test
    void deepOrLongJsonIsRefused() throws Exception {
        String deep = "[".repeat(65) + "]".repeat(65);
        String refused =
                "Error: Invalid JSON arguments: nested too deep, or a number or text is too long";

        assertThat(actions.call("weather", deep)).isEqualTo(refused);
        assertThat(actions.call("whole", "{\"n\":" + "9".repeat(1_001) + "}")).isEqualTo(refused);
        assertThat(actions.call("weather", "{\"location\":\"" + "x".repeat(65_536) + "\"}"))
                .isEqualTo(
                        "Error: Invalid arguments for function 'weather': the arguments are larger"
                                + " than 64 KiB (correlation_id: 12345678)");
    }

    @Test
    void aLongNameIsCutInTheReason() throws Exception {
        assertThat(
                        actions.call(
                                "weather",
                                "{\"location\":\"\",\"%s\":1}".formatted("x".repeat(500))))
                .isEqualTo(
                        "Error: Invalid arguments for function 'weather': unexpected argument"
                                + " '%s…' (correlation_id: 12345678)".formatted("x".repeat(64)));
    }

    @Test
    void aRecordsOwnRefusalIsToldToTheModel() throws Exception {
        assertThat(
                        actions.call(
                                "range",
                                "{\"range\":{\"from\":\"2026-03-02\",\"to\":\"2026-03-01\"}}"))
                .isEqualTo(
                        "Error: Function 'range' execution failed: to must not be before from"
                                + " (correlation_id: 12345678)");
    }
}
