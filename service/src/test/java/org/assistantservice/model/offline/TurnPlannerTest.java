package org.assistantservice.model.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.model.offline.Functions.SUPPORT_ASSISTANT;
import static org.assistantservice.model.offline.Functions.WEATHER_ASSISTANT;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelMessage.Assistant;
import org.assistantservice.model.ModelMessage.ToolResult;
import org.assistantservice.model.ModelMessage.User;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.model.offline.Decision.Act;
import org.assistantservice.model.offline.Decision.PlannedCall;
import org.assistantservice.model.offline.Decision.Say;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnPlannerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    What's the weather in Lisbon?             | get_weather {"location":"Lisbon"}
                    weather in Tokyo in fahrenheit please     | get_weather {"location":"Tokyo","unit":"FAHRENHEIT"}
                    weather in tokyo in fahrenheit please     | get_weather {"location":"tokyo","unit":"FAHRENHEIT"}
                    weather lisbon                            | get_weather {"location":"lisbon"}
                    Lisbon weather                            | get_weather {"location":"Lisbon"}
                    Is it raining in São Paulo right now?     | get_weather {"location":"São Paulo"}
                    How hot is it in Rio de Janeiro, in °C?   | get_weather {"location":"Rio de Janeiro","unit":"CELSIUS"}
                    hi, can you tell me the weather for New York today? | get_weather {"location":"New York"}
                    How is the weather in the city of Porto   | get_weather {"location":"Porto"}
                    forecast for Porto for 3 days             | get_forecast {"location":"Porto","days":3}
                    3 days forecast Porto                     | get_forecast {"location":"Porto","days":3}
                    weather in Lisbon for the next five days  | get_forecast {"location":"Lisbon","days":5}
                    What's the weather in Lisbon and Porto?   | get_weather {"location":"Lisbon"} get_weather {"location":"Porto"}
                    location: Faro, show the weather          | get_weather {"location":"Faro"}
                    weather in "Castelo Branco"               | get_weather {"location":"Castelo Branco"}
                    """)
    void aWeatherQuestionBecomesItsCall(String said, String calls) {
        assertThat(calls(said, WEATHER_ASSISTANT)).isEqualTo(calls);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    show me the orders of customer C-1042     | find_orders {"customerId":"C-1042"}
                    orders of C-1042                          | find_orders {"customerId":"C-1042"}
                    list the last 5 orders of c-1042          | find_orders {"customerId":"c-1042","limit":5}
                    delivered orders for customer C-1042      | find_orders {"customerId":"C-1042","status":"DELIVERED"}
                    orders in transit for C-1042 with limit 3 | find_orders {"customerId":"C-1042","limit":3,"status":"IN_TRANSIT"}
                    who is customer C-1042?                   | get_customer {"customerId":"C-1042"}
                    what is in order O-7?                     | get_order {"orderId":"O-7"}
                    refund order O-7                          | refund_order {"orderId":"O-7"}
                    please reimburse O-7                      | refund_order {"orderId":"O-7"}
                    Refund 12.50 of order O-7 because it arrived broken. | refund_order {"orderId":"O-7","amount":12.50,"reason":"it arrived broken"}
                    can you refund O-7, reason: "too late"    | refund_order {"orderId":"O-7","reason":"too late"}
                    refund orders O-7 and O-8                 | refund_order {"orderId":"O-7"} refund_order {"orderId":"O-8"}
                    """)
    void aSupportRequestBecomesItsCall(String said, String calls) {
        assertThat(calls(said, SUPPORT_ASSISTANT)).isEqualTo(calls);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    give me an idea                    | save_idea {"text":"Something that the offline model made up"}
                    Any IDEAS for a cat's name?        | save_idea {"text":"Something that the offline model made up"}
                    Save the idea "Call it Whiskers"   | save_idea {"text":"Call it Whiskers"}
                    don't save any ideas               | All right, I will not call `save_idea`.
                    """)
    void whatAFunctionKeepsIsMadeUpUnlessTheUserSaysIt(String said, String calls) {
        assertThat(calls(said, List.of(Functions.SAVE_IDEA))).isEqualTo(calls);
    }

    @Test
    void aGreetingKeepsNothing() {
        assertThat(calls("hello", List.of(Functions.SAVE_IDEA))).doesNotContain("{");
    }

    @Test
    void anotherDeedThanTheOneOnOfferIsNeverDone() {
        assertThat(calls("cancel order O-7", SUPPORT_ASSISTANT)).contains("found no function");
        assertThat(calls("delete customer C-1042", SUPPORT_ASSISTANT))
                .contains("found no function");
    }

    @Test
    void aDeedForbiddenOrOnlyAskedAboutIsNotDone() {
        assertThat(calls("don't refund order O-7", SUPPORT_ASSISTANT))
                .isEqualTo("All right, I will not call `refund_order`.");
        assertThat(calls("how can I refund order O-7?", SUPPORT_ASSISTANT))
                .isEqualTo(
                        "`refund_order` does that. Refunds an order, in full or in part. Say for example"
                                + " “refund order O-7”.");
    }

    @Test
    void whatIsMissingIsAskedForAndItsAnswerCompletesTheCall() {
        String question = calls("forecast please", WEATHER_ASSISTANT);
        assertThat(question)
                .isEqualTo(
                        "To call `get_forecast` I still need the `location`: City, e.g. Lisbon. What"
                                + " should it be?");

        String next =
                calls(
                        WEATHER_ASSISTANT,
                        new User("forecast please"),
                        said(question),
                        new User("it's lisbon"));
        assertThat(next)
                .isEqualTo(
                        "To call `get_forecast` I still need the `days`: How many days, 1 to 7. Which whole"
                                + " number should it be?");

        String done =
                calls(
                        WEATHER_ASSISTANT,
                        new User("forecast please"),
                        said(question),
                        new User("it's lisbon"),
                        said(next),
                        new User("3"));
        assertThat(done).isEqualTo("get_forecast {\"location\":\"lisbon\",\"days\":3}");
    }

    @Test
    void aQuestionCanBeDroppedOrOvertaken() {
        String question = calls("refund an order", SUPPORT_ASSISTANT);
        assertThat(question).startsWith("To call `refund_order` I still need the `orderId`");

        assertThat(
                        calls(
                                SUPPORT_ASSISTANT,
                                new User("refund an order"),
                                said(question),
                                new User("never mind")))
                .isEqualTo("All right, I will not call `refund_order`.");
        assertThat(
                        calls(
                                SUPPORT_ASSISTANT,
                                new User("refund an order"),
                                said(question),
                                new User("show me the orders of C-1042")))
                .isEqualTo("find_orders {\"customerId\":\"C-1042\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    and in Porto?                | get_weather {"location":"Porto","unit":"CELSIUS"}
                    and Porto?                   | get_weather {"location":"Porto","unit":"CELSIUS"}
                    what about porto             | get_weather {"location":"porto","unit":"CELSIUS"}
                    now in fahrenheit            | get_weather {"location":"Lisbon","unit":"FAHRENHEIT"}
                    and the forecast for 2 days? | get_forecast {"location":"Lisbon","days":2}
                    """)
    void aFollowUpUsesTheLastCall(String said, String calls) {
        assertThat(
                        calls(
                                WEATHER_ASSISTANT,
                                new User("weather in Lisbon"),
                                called(
                                        "get_weather",
                                        "{\"location\":\"Lisbon\",\"unit\":\"CELSIUS\"}"),
                                new ToolResult("call_1", "get_weather", "\"Sunny\""),
                                said("Sunny"),
                                new User(said)))
                .isEqualTo(calls);
    }

    @Test
    void resultsAreReportedAsTheyAre() {
        assertThat(report("\"The weather in Paris is sunny and 72°F\""))
                .isEqualTo("The weather in Paris is sunny and 72°F");
        assertThat(report("plain text")).isEqualTo("plain text");
        assertThat(report("null"))
                .isEqualTo("Done: `find_orders` has run and had nothing to report.");
        assertThat(report("[]")).isEqualTo("Orders: nothing found.");
        assertThat(report("3")).isEqualTo("`find_orders` says: 3.");
        assertThat(
                        report(
                                """
                                [{"orderId":"O-7","status":"OPEN","total":20.5},
                                 {"orderId":"O-8","status":"DELIVERED","items":["pen","ink"]}]
                                """))
                .isEqualTo(
                        """
                        Orders (2):
                        - O-7: status OPEN, total 20.5
                        - O-8: status DELIVERED, items pen, ink\
                        """);
        assertThat(
                        report(
                                """
                                {"summary":"Lisbon, Portugal: 21.5 °C, sunny","place":"Lisbon, Portugal",
                                 "temperature":21.5,"windKmh":12,"source":"simulated"}
                                """))
                .isEqualTo(
                        """
                        Lisbon, Portugal: 21.5 °C, sunny.
                        - wind kmh: 12
                        - source: simulated\
                        """);
    }

    @Test
    void aFailureIsReportedAsOne() {
        assertThat(
                        report(
                                "Error: Function 'find_orders' execution failed: timed out after 10 s"
                                        + " (correlation_id: 12345678)"))
                .isEqualTo("`find_orders` did not work: timed out after 10 s.");
    }

    @Test
    void severalResultsAreReportedInOrder() {
        String report =
                calls(
                        WEATHER_ASSISTANT,
                        new User("weather in Lisbon and Porto"),
                        called("get_weather", "{}"),
                        new ToolResult("call_1", "get_weather", "\"Lisbon: sunny\""),
                        new ToolResult("call_2", "get_weather", "Error: no such city"));

        assertThat(report).isEqualTo("Lisbon: sunny\n\n`get_weather` did not work: no such city.");
    }

    @ParameterizedTest
    @CsvSource({"hi", "Hello there!", "what can you do?", "help", "who are you", "tell me a joke"})
    void whereverItCouldBeTakenForMoreItSaysWhatItIs(String said) {
        assertThat(calls(said, WEATHER_ASSISTANT))
                .contains("offline model")
                .contains("“weather for Lisbon”");
    }

    @Test
    void withoutAMatchItListsItsFunctionsAndHowToConnectAModel() {
        assertThat(calls("tell me a joke", SUPPORT_ASSISTANT))
                .isEqualTo(
                        """
                        I am only the offline model, and I found no function that fits your words.

                        What I can do here:
                        - `find_orders`: Lists a customer's latest orders, newest first. For example: “orders C-1042”.
                        - `get_order`: One order with its items and its state. For example: “order O-7”.
                        - `get_customer`: Name and address of a customer. For example: “customer C-1042”.
                        - `refund_order`: Refunds an order, in full or in part. For example: “refund order O-7”.

                        For a real model, set OPENAI_API_KEY, or OPENAI_BASE_URL for any server that speaks \
                        OpenAI's Chat Completions, such as Ollama or vLLM, and start the service again.\
                        """);
        assertThat(calls("thanks!", List.of())).isEqualTo("You're welcome!");
    }

    @Test
    void functionsItMustNotCallAreNotCalled() {
        Sampling none = new Sampling(null, null, null, "\"none\"", null, true);
        ModelRequest request = Requests.of(none, WEATHER_ASSISTANT, new User("weather in Lisbon"));

        assertThat(TurnPlanner.plan(request)).isInstanceOf(Say.class);
    }

    private static String report(String output) {
        return calls(
                SUPPORT_ASSISTANT,
                new User("orders of C-1042"),
                called("find_orders", "{\"customerId\":\"C-1042\"}"),
                new ToolResult("call_1", "find_orders", output));
    }

    private static String calls(String said, List<ToolSpec> tools) {
        return calls(tools, new User(said));
    }

    private static String calls(List<ToolSpec> tools, ModelMessage... messages) {
        return switch (TurnPlanner.plan(Requests.of(tools, messages))) {
            case Say(String text) -> text;
            case Act(List<PlannedCall> calls) -> {
                List<String> lines = new ArrayList<>();
                calls.forEach(call -> lines.add(call.function() + " " + call.argumentsJson()));
                yield String.join(" ", lines);
            }
        };
    }

    private static Assistant said(String text) {
        return new Assistant(text, List.of());
    }

    private static Assistant called(String function, String arguments) {
        return new Assistant("", List.of(new ModelToolCall("call_1", function, arguments, null)));
    }
}
