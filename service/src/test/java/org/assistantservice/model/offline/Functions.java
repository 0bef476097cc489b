package org.assistantservice.model.offline;

import java.util.List;
import org.assistantservice.model.ToolSpec;

/// Functions as an assistant would offer them.
final class Functions {
    static final ToolSpec WEATHER =
            spec(
                    "get_weather",
                    "Current weather for a city: sky, temperature, humidity and wind.",
                    """
                    {"type":"object","properties":{
                      "location":{"type":"string","description":"City, e.g. Lisbon"},
                      "unit":{"type":["string","null"],"enum":["CELSIUS","FAHRENHEIT",null],
                        "description":"Unit of the temperature; Celsius if absent"}},
                     "required":["location","unit"],"additionalProperties":false}
                    """);
    static final ToolSpec FORECAST =
            spec(
                    "get_forecast",
                    "Weather forecast for a city for the coming days, from tomorrow on.",
                    """
                    {"type":"object","properties":{
                      "location":{"type":"string","description":"City, e.g. Lisbon"},
                      "days":{"type":"integer","description":"How many days, 1 to 7"},
                      "unit":{"anyOf":[{"type":"string","enum":["CELSIUS","FAHRENHEIT"]},
                        {"type":"null"}]}},
                     "required":["location","days","unit"],"additionalProperties":false}
                    """);
    static final ToolSpec FIND_ORDERS =
            spec(
                    "find_orders",
                    "Lists a customer's latest orders, newest first.",
                    """
                    {"type":"object","properties":{
                      "customerId":{"type":"string","description":"Customer id, e.g. C-1042"},
                      "limit":{"type":["integer","null"],"description":"How many orders to return"},
                      "status":{"type":["string","null"],
                        "enum":["OPEN","IN_TRANSIT","DELIVERED",null]}},
                     "required":["customerId","limit","status"]}
                    """);
    static final ToolSpec GET_ORDER =
            spec(
                    "get_order",
                    "One order with its items and its state.",
                    """
                    {"type":"object","properties":{
                      "orderId":{"type":"string","description":"Order id, e.g. O-7"}},
                     "required":["orderId"]}
                    """);
    static final ToolSpec GET_CUSTOMER =
            spec(
                    "get_customer",
                    "Name and address of a customer.",
                    """
                    {"type":"object","properties":{
                      "customerId":{"type":"string","description":"Customer id, e.g. C-1042"}},
                     "required":["customerId"]}
                    """);
    static final ToolSpec REFUND =
            spec(
                    "refund_order",
                    "Refunds an order, in full or in part.",
                    """
                    {"type":"object","properties":{
                      "orderId":{"type":"string","description":"Order id, e.g. O-7"},
                      "amount":{"type":["number","null"],"description":"Amount; all if absent"},
                      "reason":{"type":["string","null"],"description":"Why"}},
                     "required":["orderId","amount","reason"]}
                    """);

    static final ToolSpec SAVE_IDEA =
            spec(
                    "save_idea",
                    "Saves one idea to the user's list.",
                    """
                    {"type":"object","additionalProperties":false,"properties":{
                      "text":{"type":"string","description":"The idea alone, e.g. Call it Whiskers"}},
                     "required":["text"]}
                    """);

    static final List<ToolSpec> WEATHER_ASSISTANT = List.of(WEATHER, FORECAST);
    static final List<ToolSpec> SUPPORT_ASSISTANT =
            List.of(FIND_ORDERS, GET_ORDER, GET_CUSTOMER, REFUND);

    private Functions() {}

    static ToolSpec spec(String name, String description, String schema) {
        return new ToolSpec(name, description, schema, true);
    }
}
