package org.assistantservice.wire;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// `thread.message` and its delta.
final class MessageJson {
    private static final Set<String> INCOMPLETE_REASONS =
            Set.of("content_filter", "max_tokens", "run_cancelled", "run_expired", "run_failed");

    private static final int EXPECTED_LENGTH = 1024;

    private MessageJson() {}

    static String text(Message message) {
        AssistantId assistant = message.assistantId();
        RunId run = message.runId();
        JsonText json =
                new JsonText(EXPECTED_LENGTH)
                        .object()
                        .field("id", message.id().value())
                        .field("object", "thread.message")
                        .secondsField("created_at", message.createdAt())
                        .field("thread_id", message.threadId().value())
                        .field("status", message.status().name().toLowerCase(Locale.ROOT))
                        .field("role", message.role().name().toLowerCase(Locale.ROOT));
        json.array("content");
        for (String text : message.content()) {
            json.object();
            textBlock(json, text).end();
        }
        json.endArray()
                .field("assistant_id", assistant == null ? null : assistant.value())
                .field("run_id", run == null ? null : run.value())
                .array("attachments")
                .endArray()
                .field("metadata", message.metadata())
                .secondsField("completed_at", endIf(message, Message.Status.COMPLETED))
                .secondsField("incomplete_at", endIf(message, Message.Status.INCOMPLETE));
        incompleteDetails(json, message);
        return json.end().toString();
    }

    static String delta(MessageId message, String text) {
        JsonText json =
                new JsonText(text.length() + 256)
                        .object()
                        .field("id", message.value())
                        .field("object", "thread.message.delta")
                        .object("delta")
                        .field("role", "assistant")
                        .array("content")
                        .object()
                        .field("index", 0);
        return textBlock(json, text).end().endArray().end().end().toString();
    }

    private static JsonText textBlock(JsonText json, String text) {
        return json.field("type", "text")
                .object("text")
                .field("value", text)
                .array("annotations")
                .endArray()
                .end();
    }

    private static @Nullable Instant endIf(Message message, Message.Status status) {
        return message.status() == status ? message.endedAt() : null;
    }

    private static void incompleteDetails(JsonText json, Message message) {
        boolean incomplete = message.status() == Message.Status.INCOMPLETE;
        String reason = incomplete ? message.incompleteReason() : null;
        if (reason != null && INCOMPLETE_REASONS.contains(reason)) {
            json.object("incomplete_details").field("reason", reason).end();
        } else {
            json.nullField("incomplete_details");
        }
    }
}
