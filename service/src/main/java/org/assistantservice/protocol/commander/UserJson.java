package org.assistantservice.protocol.commander;

import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.protocol.commander.User.Listed;
import org.assistantservice.protocol.commander.User.UserFile;
import org.assistantservice.protocol.commander.User.UserKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Users as records, in two parts.
final class UserJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private UserJson() {}

    static String listed(Listed user) {
        return JSON.writeValueAsString(
                JSON.createObjectNode()
                        .put("owner", user.key().owner().name())
                        .put("user_name", user.key().userName())
                        .put("image_folder", user.imageFolder())
                        .put("name", user.name())
                        .put("thread_id", user.threadId().value()));
    }

    static Listed listed(TenantId tenant, String text) {
        JsonNode json = JSON.readTree(text);
        return new Listed(
                new UserKey(new Principal(tenant, text(json, "owner")), text(json, "user_name")),
                text(json, "image_folder"),
                text(json, "name"),
                new ThreadId(text(json, "thread_id")));
    }

    static String rest(User user) {
        ObjectNode json =
                JSON.createObjectNode()
                        .put("instructions", user.instructions())
                        .put("assistant_id", user.assistantId().value())
                        .put("created_at", user.createdAt().toEpochMilli());
        ArrayNode files = json.putArray("files");
        user.files()
                .forEach(file ->
                        files.addObject().put("id", file.id().value()).put("name", file.name()));
        return JSON.writeValueAsString(json);
    }

    static User user(Listed listed, String rest) {
        JsonNode json = JSON.readTree(rest);
        List<UserFile> files =
                json.required("files").values().stream()
                        .map(file -> new UserFile(new FileId(text(file, "id")), text(file, "name")))
                        .toList();
        return new User(
                listed.key(),
                listed.imageFolder(),
                listed.name(),
                text(json, "instructions"),
                new AssistantId(text(json, "assistant_id")),
                listed.threadId(),
                files,
                Instant.ofEpochMilli(json.required("created_at").longValue()));
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).stringValue();
    }
}
