package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assistantservice.protocol.chat.SseStream.Frame;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatStreamTest extends ChatServerFixture {
    private static final String CORRELATION = "abcdef12-2222-4333-8444-555555555555";

    @Test
    void aPlainAnswerShowsExactlyTheseEventsAndEnds() throws Exception {
        server.runs.script(run -> Samples.answer(run, "Sun", "ny."));

        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.rest();

            assertThat(frames)
                    .extracting(Frame::event)
                    .containsExactly(
                            "thread.run.created",
                            "thread.run.queued",
                            "thread.run.in_progress",
                            "thread.run.step.created",
                            "thread.run.step.in_progress",
                            "thread.message.created",
                            "thread.message.in_progress",
                            "thread.message.delta",
                            "thread.message.delta",
                            "thread.message.completed",
                            "thread.run.step.completed",
                            "thread.run.completed",
                            "metadata");
            assertThat(Frame.text(frames)).isEqualTo("Sunny.");
        }
    }

    @Test
    void theHeadersAreThoseOfTheContract() throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));

        try (SseStream stream = server.stream(thread, "hi", "X-Correlation-ID", CORRELATION)) {
            var headers = stream.response.headers();

            assertThat(stream.response.statusCode()).isEqualTo(200);
            assertThat(headers.firstValue("Content-Type"))
                    .hasValue("text/event-stream; charset=utf-8");
            assertThat(headers.firstValue("X-Correlation-ID")).hasValue(CORRELATION);
            assertThat(headers.allValues("X-Correlation-ID")).hasSize(1);
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-cache, no-transform");
            assertThat(headers.firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(headers.firstValue("Connection")).hasValue("keep-alive");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("X-Run-Id"))
                    .hasValue(server.runs.next().run.id().value());
        }
    }

    @Test
    void everyFrameIsIdEventAndDataInAsciiOnOneLineEach() throws Exception {
        server.runs.script(run ->
                Samples.answer(run, "é 🌊 \u2028\u2029\u0085", "\"quoted\" \\ \n\r\t\u0000\u007f"));

        try (RawHttp raw = RawHttp.connect(server.port())) {
            raw.send("POST", "/chat", ChatServer.body(thread, "x"), "Accept", "text/event-stream");
            String body = raw.readUntil("event: metadata");

            assertThat(body.chars()).allMatch(it -> it < 0x80);
            String run = server.runs.next().run.id().value();
            assertThat(body)
                    .contains(
                            """
                            id: %s:1-8
                            event: thread.message.delta
                            data: {"data":{"id":"msg_000000000000000000000001",\
                            "object":"thread.message.delta","delta":{"role":"assistant","content":[\
                            {"index":0,"type":"text","text":{"value":"\\u00e9 \\ud83c\\udf0a \\u2028\\u2029\\u0085",\
                            "annotations":[]}}]}},"event":"thread.message.delta"}

                            """
                                    .formatted(run));
        }
    }

    @Test
    void theFirstFrameOfEveryConnectionSaysWhenToComeBackAndNoOther() throws Exception {
        server.runs.script(run -> Samples.answer(run, "a", "b"));

        String place;
        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.rest();
            assertOnlyTheFirstHasRetry(frames);
            place = Objects.requireNonNull(frames.get(4).field("id"));
        }
        try (SseStream resumed = server.stream(thread, "hi", "Last-Event-ID", place)) {
            assertOnlyTheFirstHasRetry(resumed.rest());
        }
    }

    @Test
    void aCommentThatComesFirstDoesNotTakeTheFirstFramesPlace() throws Exception {
        try (SseStream stream = server.stream(thread, "hi")) {
            String place = Objects.requireNonNull(stream.take(2).getLast().field("id"));
            try (SseStream resumed = server.stream(thread, "hi", "Last-Event-ID", place)) {
                assertThat(resumed.take(1).getFirst().lines()).containsExactly(": keepalive");
                FakeRun run = server.runs.next();
                run.play(Samples.answer(run.run, "x"));

                assertOnlyTheFirstHasRetry(resumed.rest());
            }
        }
    }

    private static void assertOnlyTheFirstHasRetry(List<Frame> frames) {
        assertThat(frames.getFirst().lines()).hasSize(4).last().isEqualTo("retry: 5000");
        assertThat(frames.subList(1, frames.size()))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.lines()).hasSize(3))
                .allSatisfy(it -> assertThat(it.field("retry")).isNull());
    }

    @Test
    void deltasAndTheFinishedMessageAgreeWhateverTheText() throws Exception {
        String odd = "é 🌊 \u2028\u2029\u0085\"\\\n\r\t\u0001\u007f event: x\n\ndata: y";
        server.runs.script(
                run -> Samples.answer(run, odd, "🌊".substring(0, 1), "🌊".substring(1)));

        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.rest();

            assertThat(Frame.text(frames)).isEqualTo(odd + "🌊");
            JsonNode completed =
                    frames.stream()
                            .filter(it -> it.event().equals("thread.message.completed"))
                            .findFirst()
                            .orElseThrow()
                            .data();
            assertThat(completed.at("/data/content/0/text/value").stringValue())
                    .isEqualTo(odd + "🌊");
        }
    }

    @Test
    void idsAreCursorsWithoutGapsAndOnlyOnTheLastFrameOfAnEvent() throws Exception {
        server.runs.script(run -> {
            List<RunEvent> events = new ArrayList<>();
            events.add(Samples.to(run, RunStatus.IN_PROGRESS));
            events.add(planned(run));
            events.add(
                    new RunEvent.CallsFinished(
                            Samples.in(run, RunStatus.IN_PROGRESS),
                            Samples.callStep(run, RunStep.Status.COMPLETED, "72°F")));
            events.add(
                    new RunEvent.CallProgress(
                            run.id(), new org.assistantservice.identity.CallId("call_1"), "hm"));
            events.addAll(Samples.closing(run, "ok"));
            return events;
        });

        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.rest();
            String run = server.runs.next().run.id().value();

            assertThat(frames)
                    .extracting(it -> it.event() + " " + it.field("id"))
                    .containsExactly(
                            "thread.run.created " + run + ":1-1",
                            "thread.run.queued " + run + ":1-2",
                            "thread.run.in_progress " + run + ":1-3",
                            "thread.run.requires_action " + run + ":1-4",
                            "thread.run.step.completed null",
                            "thread.run.queued null",
                            "thread.run.in_progress " + run + ":1-5",
                            "thread.message.completed " + run + ":1-7",
                            "thread.run.step.completed " + run + ":1-8",
                            "thread.run.completed " + run + ":1-9",
                            "metadata " + run + ":1-10");
            JsonNode step = frames.get(4).data();
            assertThat(step.at("/data/step_details/tool_calls/0/function/output").stringValue())
                    .isEqualTo("72°F");
        }
    }

    @Test
    void metadataHasExactlyFiveFields() throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));

        try (SseStream stream = server.stream(thread, "hi", "X-Correlation-ID", CORRELATION)) {
            String data = stream.rest().getLast().field("data");

            assertThat(data)
                    .isEqualTo(
                            """
                            {"correlation_id":"abcdef12","elapsed_time_seconds":2.500,\
                            "event_count":10,"thread_id":"%s","timestamp":1795173419.250000}\
                            """
                                    .formatted(thread));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, thread.run.cancelled, RunCancelledError, Run cancelled",
        "EXPIRED, thread.run.expired, RunExpiredError, Run expired",
        "INCOMPLETE, thread.run.incomplete, RunIncompleteError, Run incomplete: content_filter"
    })
    void anEndThatOldClientsDoNotKnowIsFollowedByOneErrorWithoutId(
            RunStatus status, String event, String type, String text) throws Exception {
        server.runs.script(run -> List.of(Samples.to(run, status)));

        try (SseStream stream = server.stream(thread, "hi", "X-Correlation-ID", CORRELATION)) {
            List<Frame> frames = stream.rest();

            assertThat(frames)
                    .extracting(Frame::event)
                    .containsExactly("thread.run.created", "thread.run.queued", event, "error");
            assertThat(frames.getLast().lines())
                    .containsExactly(
                            "event: error",
                            """
                            data: {"error":"%s","error_type":"%s","correlation_id":"abcdef12",\
                            "timestamp":1795173419.250000}\
                            """
                                    .formatted(text, type));
        }
    }

    @Test
    void aFailedRunIsItsOwnTerminal() throws Exception {
        server.runs.script(run -> List.of(Samples.failed(run, "upstream_auth", null)));

        try (SseStream stream = server.stream(thread, "hi")) {
            List<Frame> frames = stream.rest();

            assertThat(frames.getLast().event()).isEqualTo("thread.run.failed");
            assertThat(frames.getLast().data().at("/data/last_error/message").stringValue())
                    .isEqualTo("Model provider error (correlation_id: abcdef12)");
            assertThat(frames).extracting(Frame::event).doesNotContain("error", "metadata");
        }
    }

    @Test
    void aResetIsShownWithItsEpoch() throws Exception {
        server.runs.script(run -> {
            List<RunEvent> events = new ArrayList<>();
            events.add(new RunEvent.Reset(run.id(), 2));
            events.addAll(Samples.answer(run, "x"));
            return events;
        });

        try (SseStream stream = server.stream(thread, "hi")) {
            Frame reset = stream.take(3).getLast();

            assertThat(reset.field("data"))
                    .isEqualTo(
                            "{\"data\":{\"run_id\":\"%s\",\"epoch\":2},\"event\":\"reset\"}"
                                    .formatted(server.runs.next().run.id()));
        }
    }

    @Test
    void whatHappensLiveIsSentAtOnce() throws Exception {
        try (SseStream stream = server.stream(thread, "hi")) {
            FakeRun run = server.runs.next();
            assertThat(stream.take(2))
                    .extracting(Frame::event)
                    .containsExactly("thread.run.created", "thread.run.queued");

            run.play(Samples.to(run.run, RunStatus.IN_PROGRESS));
            assertThat(stream.take(1).getFirst().event()).isEqualTo("thread.run.in_progress");

            run.play(new MessageDelta(Samples.MESSAGE, "now"));
            assertThat(Frame.text(stream.take(1))).isEqualTo("now");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICE_STOPPING, ServiceRestartingError, Service is restarting; rejoin with Last-Event-ID",
        "INTERRUPTED, HTTPException, 500: Internal server error (correlation_id: abcdef12)"
    })
    void aStreamThatEndsBeforeItsRunSaysWhy(RunReader.End end, String type, String text)
            throws Exception {
        try (SseStream stream = server.stream(thread, "hi", "X-Correlation-ID", CORRELATION)) {
            server.runs.next().end(end);
            List<Frame> frames = stream.rest();

            assertThat(frames).hasSize(3);
            assertThat(frames.getLast().field("id")).isNull();
            assertThat(frames.getLast().event()).isEqualTo("error");
            assertThat(frames.getLast().data().get("error").stringValue()).isEqualTo(text);
            assertThat(frames.getLast().data().get("error_type").stringValue()).isEqualTo(type);
            assertThat(frames.getLast().data().get("correlation_id").stringValue())
                    .isEqualTo("abcdef12");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json, text/event-stream", "text/event-stream;q=0.1"})
    void anAcceptHeaderThatNamesEventStreamsGetsOne(String accept) throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));

        HttpResponse<String> response = server.chat(thread, "x", "Accept", accept);

        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("text/event-stream; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/xml", "text/html", "nonsense"})
    void everyOtherAcceptHeaderGetsJson(String accept) throws Exception {
        server.runs.script(run -> Samples.answer(run, "x"));

        HttpResponse<String> response = server.chat(thread, "x", "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"responses\":[\"x\"]}");
    }

    private static RunEvent planned(Run run) {
        return new RunEvent.CallsPlanned(
                Samples.in(run, RunStatus.REQUIRES_ACTION),
                Samples.callStep(run, RunStep.Status.IN_PROGRESS, null));
    }
}
