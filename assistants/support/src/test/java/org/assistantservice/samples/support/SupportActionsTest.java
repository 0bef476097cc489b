package org.assistantservice.samples.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.assistantservice.actions.Effect;
import org.assistantservice.actions.testkit.ActionKit;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.dispatch.ActionOutcome.Failed;
import org.assistantservice.dispatch.ActionOutcome.Succeeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupportActionsTest {
    private static final String ADA =
            """
            {"id":"C-1001","name":"Ada Martin","email":"ada@example.com",\
            "address":{"street":"12 Canal Street","postalCode":"10115","city":"Berlin",\
            "country":"Germany"}}\
            """;

    @RegisterExtension
    final ActionKit kit =
            ActionKit.of(SupportActions.class).withSettings("{\"refund_limit_cents\":20000}");

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "ADA@Example.com", "C-1001", "c-1001"})
    void aCustomerIsFoundByAddressOrId(String emailOrId) {
        assertThat(kit.call("find_customer", "{\"emailOrId\":\"%s\"}".formatted(emailOrId)))
                .isEqualTo(new Succeeded(ADA));
    }

    @Test
    void anUnknownCustomerIsToldToTheModel() {
        assertThat(refusal("find_customer", "{\"emailOrId\":\"x'; DROP TABLE orders\"}"))
                .isEqualTo("No customer has the e-mail address or id 'x'; DROP TABLE orders'");
    }

    @Test
    void ordersAreListedNewestFirst() {
        assertThat(kit.call("list_orders", "{\"customerId\":\"C-1001\",\"limit\":2}"))
                .isEqualTo(
                        new Succeeded(
                                """
                                [{"id":"O-2003","status":"OPEN","placedOn":"2026-03-20",\
                                "totalCents":7150,"refundedCents":0},\
                                {"id":"O-2002","status":"SHIPPED","placedOn":"2026-03-02",\
                                "totalCents":18900,"refundedCents":0}]\
                                """));
    }

    @Test
    void ordersOfOneStatusAreListedAlone() {
        assertThat(
                        kit.call(
                                "list_orders",
                                "{\"customerId\":\"C-1001\",\"status\":\"DELIVERED\",\"limit\":null}"))
                .extracting(ActionOutcome::output)
                .asString()
                .contains("O-2001")
                .doesNotContain("O-2002", "O-2003");
        assertThat(kit.call("list_orders", "{\"customerId\":\"C-1001\",\"status\":\"LOST\"}"))
                .isInstanceOf(Failed.class);
        assertThat(refusal("list_orders", "{\"customerId\":\"C-1001\",\"limit\":21}"))
                .isEqualTo("limit must be 1 to 20 but was 21");
    }

    @Test
    void anOrderIsShownWithItsLines() {
        assertThat(kit.call("get_order", "{\"orderId\":\"o-2001\"}"))
                .isEqualTo(
                        new Succeeded(
                                """
                                {"summary":{"id":"O-2001","status":"DELIVERED",\
                                "placedOn":"2026-01-14","totalCents":5800,"refundedCents":0},\
                                "customerId":"C-1001",\
                                "shipTo":"12 Canal Street, 10115 Berlin, Germany",\
                                "lines":[{"product":"Desk lamp","quantity":1,"priceCents":4900},\
                                {"product":"Light bulb","quantity":2,"priceCents":450}]}\
                                """));
        assertThat(refusal("get_order", "{\"orderId\":\"O-1\"}"))
                .isEqualTo("No order has the id 'O-1'; ids look like O-2001");
    }

    @Test
    void refundsAddUpToTheOrder() {
        assertThat(refund("O-2001", "\"amountCents\":1000,"))
                .isEqualTo(
                        new Succeeded(
                                """
                                {"id":"R-1","orderId":"O-2001","amountCents":1000,\
                                "reason":"DAMAGED","leftCents":4800,"wasMadeBefore":false}\
                                """));
        assertThat(refund("O-2001", ""))
                .isEqualTo(
                        new Succeeded(
                                """
                                {"id":"R-2","orderId":"O-2001","amountCents":4800,\
                                "reason":"DAMAGED","leftCents":0,"wasMadeBefore":false}\
                                """));
        assertThat(refusal("refund_order", refundJson("O-2001", "")))
                .isEqualTo("All of order O-2001 is refunded already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    O-2001 | "amountCents":5801, | amountCents must be 1 to 5800, what is left of order O-2001, but was 5801
                    O-2001 | "amountCents":0,    | amountCents must be 1 to 5800, what is left of order O-2001, but was 0
                    O-2004 | ''                  | A refund of 64900 cents needs a person: the limit here is 20000
                    O-2005 | ''                  | Order O-2005 was cancelled: nothing was paid for it
                    """)
    void aRefundThatTheOrderDoesNotAllowIsRefused(String order, String amount, String why) {
        assertThat(refusal("refund_order", refundJson(order, amount))).isEqualTo(why);
    }

    @Test
    void aRefundIsNeverRunASecondTime() {
        assertThat(kit.definition("refund_order").effect()).isEqualTo(Effect.ONCE);
    }

    @Test
    void anAddressIsChangedWithThatOfOpenOrders() {
        ActionOutcome changed = kit.call("change_address", change("[\"O-2003\"]"));

        assertThat(changed.output())
                .contains("\"city\":\"Porto\"")
                .endsWith("\"redirectedOrders\":[\"O-2003\"]}");
        assertThat(kit.call("get_order", "{\"orderId\":\"O-2003\"}").output())
                .contains("\"shipTo\":\"Rua Nova 1, 4000 Porto, Portugal\"");
        assertThat(kit.call("get_order", "{\"orderId\":\"O-2001\"}").output())
                .contains("12 Canal Street");
    }

    @Test
    void anAddressIsNotChangedAtAllIfOneOrderCannotFollow() {
        assertThat(refusal("change_address", change("[\"O-2003\",\"O-2002\"]")))
                .isEqualTo("Only an open order can go to another address, but O-2002 is SHIPPED");
        assertThat(refusal("change_address", change("[\"O-2010\"]")))
                .isEqualTo("Order O-2010 is not an order of customer C-1001");

        assertThat(kit.call("find_customer", "{\"emailOrId\":\"C-1001\"}"))
                .isEqualTo(new Succeeded(ADA));
        assertThat(kit.call("get_order", "{\"orderId\":\"O-2003\"}").output())
                .contains("12 Canal Street");
    }

    @Test
    void theOrdersOfAnAddressChangeMayBeLeftOut() {
        assertThat(kit.call("change_address", change("null")).output())
                .endsWith("\"redirectedOrders\":[]}");
    }

    @Test
    void allSchemasAreStrict() {
        for (String action :
                new String[] {
                    "find_customer", "list_orders", "get_order", "refund_order", "change_address"
                }) {
            assertThat(kit.definition(action).strict()).as(action).isTrue();
        }
    }

    private ActionOutcome refund(String order, String amount) {
        return kit.call("refund_order", refundJson(order, amount));
    }

    private static String refundJson(String order, String amount) {
        return "{\"orderId\":\"%s\",%s\"reason\":\"DAMAGED\",\"note\":null}"
                .formatted(order, amount);
    }

    private static String change(String orders) {
        return """
        {"change":{"customerId":"C-1001","address":{"street":"Rua Nova 1","postalCode":"4000",\
        "city":"Porto","country":"Portugal"},"orderIds":%s}}\
        """
                .formatted(orders);
    }

    private String refusal(String action, String arguments) {
        String start = "Error: Function '%s' execution failed: ".formatted(action);
        String output = kit.call(action, arguments).output();
        assertThat(output).startsWith(start).contains(" (correlation_id: ");
        return output.substring(start.length(), output.lastIndexOf(" (correlation_id: "));
    }
}
