package org.assistantservice.protocol.stateless;

/// One frame of the stream.
///
/// @param contentJson on one line
record Frame(String type, String contentJson) {
    /// The end of every stream.
    static final String DONE = "data: [DONE]\n\n";

    static Frame text(String piece) {
        return new Frame("text", JsonText.quoted(piece));
    }

    static Frame error(String message) {
        return new Frame("error", JsonText.quoted(message));
    }

    /// @param id a UUID
    static Frame toolStart(String id, String name, String description, String notice) {
        String quotedNotice = JsonText.quoted(notice);
        return new Frame(
                "tool_start",
                """
                {"id":"%s","name":%s,"description":%s,"action":%s,"user_notification":%s}\
                """
                        .formatted(
                                id,
                                JsonText.quoted(name),
                                JsonText.quoted(description),
                                quotedNotice,
                                quotedNotice));
    }

    static Frame toolEnd(String id, String name, String result) {
        return new Frame(
                "tool_end",
                "{\"id\":\"%s\",\"name\":%s,\"result\":%s}"
                        .formatted(id, JsonText.quoted(name), JsonText.quoted(result)));
    }

    /// Clients that read only `result` get the failure there too.
    static Frame toolFailed(String id, String name, String error) {
        String quoted = JsonText.quoted(error);
        return new Frame(
                "tool_end",
                "{\"id\":\"%s\",\"name\":%s,\"result\":%s,\"error\":%s}"
                        .formatted(id, JsonText.quoted(name), quoted, quoted));
    }

    static Frame context(String type, ClientContext context) {
        StringBuilder json = new StringBuilder("{\"" + context.spelling().history + "\":[");
        String separator = "";
        for (ClientContext.Entry entry : context.history()) {
            json.append(separator)
                    .append("{\"role\":\"")
                    .append(entry.role().wire)
                    .append("\",\"content\":")
                    .append(JsonText.quoted(entry.content()))
                    .append('}');
            separator = ",";
        }
        json.append("],\"")
                .append(context.spelling().summary)
                .append("\":")
                .append(JsonText.quoted(context.summary()))
                .append('}');
        return new Frame(type, json.toString());
    }

    /// The frame as it is sent.
    String line() {
        return "data: {\"type\": \"" + type + "\", \"content\": " + contentJson + "}\n\n";
    }
}
