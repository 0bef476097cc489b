package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.concurrent.ExecutionException;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.commander.User.UserKey;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.ProblemException;
import org.assistantservice.server.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// POST `/api/create` and `/api/process`: makes a user's assistant, and asks it. Bodies are read as
/// JSON whatever their content type says.
@Controller("/api")
@OfProtocol("commander")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class CommanderController {
    private static final Logger LOG = LoggerFactory.getLogger(CommanderController.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Users users;
    private final Creation creation;
    private final UserAssistants assistants;
    private final Turns turns;
    private final RequestBody bodies;
    private final CommanderSettings settings;

    CommanderController(
            Users users,
            Creation creation,
            UserAssistants assistants,
            Turns turns,
            RequestBody bodies,
            CommanderSettings settings) {
        this.users = users;
        this.creation = creation;
        this.assistants = assistants;
        this.turns = turns;
        this.bodies = bodies;
        this.settings = settings;
    }

    @Post(uri = "/create", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> create(HttpRequest<?> request) throws InterruptedException {
        CreateRequest wanted = CreateRequest.read(bodies.read(request), settings);
        Principal owner = Caller.principal(request);
        User user = created(owner, wanted);
        ObjectNode body =
                JSON.createObjectNode()
                        .put("userName", user.key().userName())
                        .put("name", user.name())
                        .put("instructions", user.instructions())
                        .put("tools", assistants.toolsJson(user))
                        .put("assistant_id", user.assistantId().value())
                        .put("thread_id", user.threadId().value());
        ArrayNode ids = body.putArray("file_ids");
        user.files().forEach(file -> ids.add(file.id().value()));
        return Answers.json(body);
    }

    private User created(Principal owner, CreateRequest wanted) throws InterruptedException {
        try {
            if (!users.hasRoomFor(new UserKey(owner, wanted.userName()))) {
                throw Refusals.tooManyUsers(settings.maxUsers());
            }
            return creation.create(owner, wanted);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("An assistant could not be made", e);
            throw Refusals.notCreated();
        }
    }

    @Post(uri = "/process", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> process(HttpRequest<?> request)
            throws InterruptedException, ExecutionException {
        ProcessRequest asked = ProcessRequest.read(bodies.read(request), settings);
        User user =
                users.find(new UserKey(Caller.principal(request), asked.userName()))
                        .orElseThrow(() ->
                                Refusals.notFound(
                                        "Assistant not found for user " + asked.userName()));
        try {
            Run run = turns.run(request, user, asked.prompt());
            MDC.put("run_id", run.id().value());
            return Answers.json(turns.answer(user, run, asked.prompt()))
                    .header("X-Run-Id", run.id().value());
        } catch (RunException e) {
            if (e.code() == RunErrorCode.THREAD_NOT_FOUND) {
                throw Refusals.notFound("thread not found for user " + asked.userName());
            }
            throw e;
        }
    }
}
