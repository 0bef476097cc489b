package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import org.assistantservice.identity.TenantId;
import org.assistantservice.protocol.commander.User.Listed;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.server.Administrators;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.ProblemException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/api/status` and `/api/delete`: shows and deletes one user's assistant, or everybody's. Names
/// are read from the path as it was sent; their pattern is there for what the framework's variables
/// do not take, such as a plus.
@Controller("/api")
@OfProtocol("commander")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class StatusController {
    private static final String STATUS = "/api/status/";
    private static final String DELETE = "/api/delete/";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Users users;
    private final UserAssistants assistants;
    private final Leftovers leftovers;
    private final Administrators administrators;

    StatusController(
            Users users,
            UserAssistants assistants,
            Leftovers leftovers,
            Administrators administrators) {
        this.users = users;
        this.assistants = assistants;
        this.leftovers = leftovers;
        this.administrators = administrators;
    }

    @Get(uri = "/status", produces = MediaType.ALL)
    HttpResponse<byte[]> all(HttpRequest<?> request) {
        administrators.check(request);
        return Answers.json(StatusRows.of(everybody(request)));
    }

    @Get(uri = "/status/{userName:.+}", produces = MediaType.ALL)
    HttpResponse<byte[]> one(HttpRequest<?> request, @PathVariable String userName) {
        String name = UserPaths.nameAfter(STATUS, request);
        if (name.isEmpty()) {
            return all(request);
        }
        User user =
                users.find(key(request, name))
                        .orElseThrow(() -> Refusals.notFound("user %s not found".formatted(name)));
        return Answers.json(StatusRows.of(user, assistants.toolsJson(user)));
    }

    /// Deletes everybody's. A path that ends with a slash names a user without a name, not
    /// everybody.
    @Delete(uri = "/delete", produces = MediaType.ALL, consumes = MediaType.ALL)
    HttpResponse<byte[]> deleteAll(HttpRequest<?> request) {
        if (request.getUri().getRawPath().endsWith("/")) {
            throw unknown("");
        }
        administrators.check(request);
        List<String> deleted =
                everybody(request).stream()
                        .map(Listed::key)
                        .filter(this::delete)
                        .map(UserKey::userName)
                        .toList();
        ObjectNode body =
                JSON.createObjectNode()
                        .put(
                                "message",
                                "Assistants deleted for users: " + String.join(", ", deleted));
        ArrayNode names = body.putArray("users");
        deleted.forEach(names::add);
        return Answers.json(body);
    }

    @Delete(uri = "/delete/{userName:.+}", produces = MediaType.ALL, consumes = MediaType.ALL)
    HttpResponse<byte[]> delete(HttpRequest<?> request, @PathVariable String userName) {
        String name = UserPaths.nameAfter(DELETE, request);
        if (!delete(key(request, name))) {
            throw unknown(name);
        }
        return Answers.json(
                JSON.createObjectNode().put("message", "Assistant deleted for user: " + name));
    }

    /// @return false if there is none, or none any more
    private boolean delete(UserKey user) {
        return users.remove(user)
                .map(removed -> {
                    leftovers.discard(removed);
                    return true;
                })
                .orElse(false);
    }

    private List<Listed> everybody(HttpRequest<?> request) {
        TenantId tenant = Caller.principal(request).tenant();
        List<Listed> all = users.all(tenant);
        if (all.isEmpty()) {
            throw Refusals.notFound("There are no users in the database");
        }
        return all;
    }

    private static UserKey key(HttpRequest<?> request, String name) {
        return new UserKey(Caller.principal(request), name);
    }

    private static ProblemException unknown(String name) {
        return Refusals.notFound("User %s note found".formatted(name));
    }
}
