package org.assistantservice.scripts.chat;

/// Frames as a service sends them, in JSON and as server-sent events.
final class Frames {
    static final String RUN = "run_aaaaaaaaaaaaaaaaaaaaaaaa";
    static final String CREATED = run("created", "");
    static final String COMPLETED = run("completed", "");
    static final String METADATA =
            """
            {"data":{"correlation_id":"c","elapsed_time_seconds":2.5,"event_count":3},"event":"metadata"}\
            """;
    static final String ASKS =
            run(
                    "requires_action",
                    """
                    ,"required_action":{"type":"submit_tool_outputs","submit_tool_outputs":{"tool_calls":\
                    [{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]}}\
                    """);
    static final String DONE =
            """
            {"data":{"id":"step_1","step_details":{"type":"tool_calls","tool_calls":[{"id":"call_1",\
            "type":"function","function":{"name":"get_weather","arguments":"{}","output":"sunny"}}]}},\
            "event":"thread.run.step.completed"}\
            """;

    /// A whole answer with one action, as an event stream.
    static final ScriptedService.Reply WITH_ACTION =
            ScriptedService.sse(
                    sse("1", CREATED),
                    sse("2", ASKS),
                    sse("3", DONE),
                    sse("4", delta("It is ")),
                    sse("5", delta("sunny.")),
                    sse("6", COMPLETED),
                    sse("7", METADATA));

    private Frames() {}

    static String run(String event, String more) {
        return """
        {"data":{"id":"%s","object":"thread.run"%s},"event":"thread.run.%s"}\
        """
                .formatted(RUN, more, event);
    }

    static String delta(String text) {
        return delta("msg_1", text);
    }

    static String delta(String message, String text) {
        return """
        {"data":{"id":"%s","delta":{"content":[{"index":0,"type":"text","text":{"value":"%s"}}]}},\
        "event":"thread.message.delta"}\
        """
                .formatted(message, text);
    }

    /// @param errorType e.g. `RunCancelledError`
    static String error(String text, String errorType) {
        return "{\"error\":\"%s\",\"error_type\":\"%s\",\"correlation_id\":\"c\"}"
                .formatted(text, errorType);
    }

    /// As a frame with an id.
    static String sse(String id, String json) {
        return "id: %s\r\nevent: x\r\ndata: %s\r\nretry: 5000\r\n\r\n".formatted(id, json);
    }

    static String sseError(String json) {
        return "event: error\r\ndata: %s\r\n\r\n".formatted(json);
    }
}
