package org.assistantservice.protocol.jellychat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.jellychat.JellyTurns.Asker;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.server.Administrators;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientConnection;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.Problem;
import org.assistantservice.thread.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The REST routes: a message, a history, all questions with their answers, and the badge.
@Controller
@OfProtocol("jellychat")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class JellyController {
    private static final Logger LOG = LoggerFactory.getLogger(JellyController.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_ANSWERED = 1000;

    private final JellyTurns turns;
    private final JellyUsers users;
    private final TurnRecords records;
    private final HistoryRows rows;
    private final JellyBody bodies;
    private final JellySettings settings;
    private final Administrators administrators;

    JellyController(
            JellyTurns turns,
            Kept kept,
            JellyBody bodies,
            JellySettings settings,
            Administrators administrators) {
        this.turns = turns;
        this.users = kept.users();
        this.records = kept.records();
        this.rows = kept.rows();
        this.bodies = bodies;
        this.settings = settings;
        this.administrators = administrators;
    }

    /// What is kept of the conversations.
    @Singleton
    record Kept(JellyUsers users, TurnRecords records, HistoryRows rows) {}

    /// Answers with `{"response":…}` when the turn is over; a run that failed with the apology.
    @Post(uri = "/user_message", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> message(HttpRequest<?> request)
            throws InterruptedException, ExecutionException {
        Question question;
        try {
            question = Question.of(bodies.object(request), settings.maxMessageCharacters());
        } catch (JellyBody.NotJsonException e) {
            return plain(HttpStatus.BAD_REQUEST, e.text());
        } catch (InvalidQuestionException e) {
            return json(JSON.createObjectNode().put("error", e.text()))
                    .status(HttpStatus.BAD_REQUEST);
        }
        Asker asker = new Asker(Caller.principal(request), Caller.correlationId(request));
        WaitingCaller caller = new WaitingCaller();
        Subscription subscription = turns.begin(question, asker, caller);
        try (ClientConnection.Watch _ = ClientConnection.onClose(request, caller::leave)) {
            return json(JSON.createObjectNode().put("response", caller.answer()));
        } finally {
            subscription.close();
        }
    }

    /// All rows of a user, oldest first; a new user's only row is the greeting.
    @Post(uri = "/history", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<?> history(HttpRequest<?> request) throws InterruptedException {
        String token;
        try {
            token = bodies.object(request).path(Question.TOKEN).stringValue("").strip();
        } catch (JellyBody.NotJsonException e) {
            return plain(HttpStatus.BAD_REQUEST, e.text());
        }
        if (token.isEmpty()) {
            return plain(HttpStatus.BAD_REQUEST, "User token is missing or empty");
        }
        try {
            JellyUser user = users.of(Caller.principal(request), token);
            records.settle(user.owner(), user.thread());
            return json(rows.of(user));
        } catch (StoreUnavailableException e) {
            LOG.error("A history could not be read", e);
            return plain(HttpStatus.INTERNAL_SERVER_ERROR, "Exception while getting history");
        }
    }

    /// Every question with its answer, for administrators where there are keys.
    @Get(uri = "/messages_answers", produces = MediaType.ALL, headRoute = false)
    HttpResponse<?> answered(HttpRequest<?> request) {
        if (!settings.listsQuestions()) {
            throw new Problem(HttpStatus.NOT_FOUND, Problem.UNKNOWN_PATH, "Not Found")
                    .toException();
        }
        administrators.check(request);
        Principal reader = Caller.principal(request);
        long offset = number(request, "offset", 0, Integer.MAX_VALUE);
        int limit = (int) number(request, "limit", MOST_ANSWERED, MOST_ANSWERED);
        records.settleSome(reader);
        return json(rows.answered(reader, offset, limit));
    }

    /// How many messages users have sent, as a badge.
    @Get(uri = "/human_message_count", produces = MediaType.ALL, headRoute = false)
    HttpResponse<?> count(HttpRequest<?> request) {
        Principal reader = Caller.principal(request);
        records.settleSome(reader);
        return json(
                JSON.createObjectNode()
                        .put("subject", "🔥 Total human messages")
                        .put("status", rows.questions(reader))
                        .put("color", "purple"));
    }

    private static long number(HttpRequest<?> request, String name, long fallback, long most) {
        String text = request.getParameters().get(name);
        if (text == null) {
            return fallback;
        }
        if (!text.matches("\\d{1,9}") || Long.parseLong(text) > most) {
            throw new Problem(
                            HttpStatus.BAD_REQUEST,
                            "invalid_parameter",
                            "'%s' must be a whole number from 0 to %d".formatted(name, most))
                    .toException();
        }
        return Long.parseLong(text);
    }

    private static MutableHttpResponse<byte[]> json(JsonNode body) {
        return HttpResponse.ok(JSON.writeValueAsBytes(body))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static HttpResponse<byte[]> plain(HttpStatus status, String text) {
        return HttpResponse.status(status)
                .body(text.getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.TEXT_PLAIN_TYPE);
    }
}
