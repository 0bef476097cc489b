package org.assistantservice.protocol.commander;

import java.util.List;
import org.assistantservice.protocol.commander.User.Listed;
import org.assistantservice.protocol.commander.User.UserFile;
import org.assistantservice.protocol.commander.User.UserKey;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// What is known of users, as rows `{"username":…,"key":…,"value":…}`.
final class StatusRows {
    private static final JsonMapper JSON = JsonMapper.shared();

    private StatusRows() {}

    /// Everything of one user; six rows, and one for each file.
    static ArrayNode of(User user, String toolsJson) {
        ArrayNode rows = JSON.createArrayNode();
        add(rows, user.key(), "id", user.imageFolder());
        add(rows, user.key(), "name", user.name());
        add(rows, user.key(), "instructions", user.instructions());
        add(rows, user.key(), "tools", toolsJson);
        add(rows, user.key(), "assistant", user.assistantId().value());
        add(rows, user.key(), "thread", user.threadId().value());
        for (UserFile file : user.files()) {
            String value =
                    JSON.writeValueAsString(
                            JSON.createObjectNode()
                                    .put("name", file.name())
                                    .put("id", file.id().value()));
            add(rows, user.key(), "file", value);
        }
        return rows;
    }

    /// The name of each user's assistant.
    static ArrayNode of(List<Listed> users) {
        ArrayNode rows = JSON.createArrayNode();
        users.forEach(user -> add(rows, user.key(), "name", user.name()));
        return rows;
    }

    private static void add(ArrayNode rows, UserKey user, String key, String value) {
        rows.addObject().put("username", user.userName()).put("key", key).put("value", value);
    }
}
