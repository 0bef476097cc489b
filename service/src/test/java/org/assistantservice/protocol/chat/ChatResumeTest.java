package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.Run;
import org.junit.jupiter.api.Test;

class ChatResumeTest extends ChatServerFixture {
    private static final String CORRELATION = "abcdef12-2222-4333-8444-555555555555";

    @Test
    void everyPlaceIsOneToGoOnFromWithoutGapOrRepetition() throws Exception {
        server.runs.script(run -> Samples.answer(run, "a", "b", "c"));
        List<String> all;
        try (SseStream stream = server.stream(thread, "hi", "X-Correlation-ID", CORRELATION)) {
            all = stream.rest().stream().map(it -> it.field("id")).toList();
        }

        for (int i = 0; i < all.size(); i++) {
            try (SseStream rest = server.stream(thread, "hi", "Last-Event-ID", all.get(i))) {
                assertThat(rest.response.statusCode()).isEqualTo(200);
                assertThat(rest.response.headers().allValues("X-Correlation-ID"))
                        .containsExactly(CORRELATION);
                assertThat(rest.rest())
                        .extracting(it -> it.field("id"))
                        .containsExactlyElementsOf(all.subList(i + 1, all.size()));
            }
        }
        assertThat(server.runs.requests).hasSize(1);
    }

    @Test
    void anIdThatWasNotIssuedForThisThreadIsUnknownAndNothingIsPosted() throws Exception {
        server.runs.script(run -> Samples.answer(run, "a"));
        server.chat(thread, "x");
        Run run = server.runs.next().run;
        Run foreign =
                server.runs.add(
                                Samples.queuedRun(
                                        ThreadId.random(),
                                        new Principal(TenantId.DEFAULT, "somebody"),
                                        CorrelationId.random()))
                        .run;
        String other = server.threads.add(null).id().value();

        List<String[]> requests =
                List.of(
                        new String[] {thread, "nonsense"},
                        new String[] {thread, run.id() + ":1-99"},
                        new String[] {thread, "run_unknown:1-1"},
                        new String[] {thread, run.id() + ":99999999999-1"},
                        new String[] {other, run.id() + ":1-1"},
                        new String[] {"new", foreign.id() + ":1-1"});
        for (String[] request : requests) {
            HttpResponse<String> response =
                    server.chat(
                            request[0],
                            "x",
                            "Accept",
                            "text/event-stream",
                            "X-Correlation-ID",
                            CORRELATION,
                            "Last-Event-ID",
                            request[1]);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body())
                    .isEqualTo("{\"detail\":\"Unknown Last-Event-ID (correlation_id: abcdef12)\"}");
        }
        assertThat(server.runs.requests).hasSize(1);
    }
}
