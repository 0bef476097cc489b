package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.run.RunReader.End.RUN_OVER;
import static org.assistantservice.run.ScriptedTurn.answer;
import static org.assistantservice.run.ScriptedTurn.call;
import static org.assistantservice.run.ScriptedTurn.calls;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.actions.Effect;
import org.junit.jupiter.api.Test;

class RoundCapTest extends RunsOnStore {
    private static final RunError TOO_MANY_ROUNDS =
            new RunError(
                    RunError.Code.SERVER_ERROR, "Too many action rounds", "too_many_rounds", null);

    private final FakeAction lookUp = FakeAction.returning("look_up", Effect.READ_ONLY, "x");

    @Test
    void theRoundAfterTheTwentyFifthFailsTheRunAndCallsNothing() throws Exception {
        var model = new ScriptedModel(rounds(26).toArray(ScriptedTurn[]::new));
        Replica replica = started(Replica.Setup.of(model, lookUp));

        Run run = replica.say("Hi");
        RecordingReader reader = replica.follow(run);
        reader.awaitEnd(RUN_OVER);

        assertThat(reader.trace()).endsWith("step 26 calls failed", "run failed");
        assertThat(stored(run).state().error()).isEqualTo(TOO_MANY_ROUNDS);
        assertThat(lookUp.calls()).hasSize(25);
        assertThat(model.requests()).hasSize(26);
    }

    @Test
    void aRunThatShallAnswerAtItsCapIsAskedOnceMoreWithoutTools() throws Exception {
        var model =
                new ScriptedModel(
                        calls(call("a", "look_up", "{}")),
                        calls(call("b", "look_up", "{}")),
                        answer("Enough."));
        Replica replica = started(Replica.Setup.of(model, lookUp));

        Run run =
                replica.accept(
                        Requests.with(null, "Hi", Requests.capped(2, RoundCap.AtCap.ANSWER)));
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(model.requests())
                .extracting(request -> request.tools().size())
                .containsExactly(1, 1, 0);
        assertThat(stored(run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(messages(run).getLast().text()).isEqualTo("Enough.");
    }

    @Test
    void aModelThatWantsToolsItWasNotOfferedFailsTheRun() throws Exception {
        var model =
                new ScriptedModel(
                        calls(call("a", "look_up", "{}")), calls(call("b", "look_up", "{}")));
        Replica replica = started(Replica.Setup.of(model, lookUp));

        Run run =
                replica.accept(
                        Requests.with(null, "Hi", Requests.capped(1, RoundCap.AtCap.ANSWER)));
        replica.follow(run).awaitEnd(RUN_OVER);

        assertThat(stored(run).state().error()).isEqualTo(TOO_MANY_ROUNDS);
        assertThat(lookUp.calls()).hasSize(1);
    }

    private static List<ScriptedTurn> rounds(int count) {
        List<ScriptedTurn> turns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            turns.add(calls(call("call_" + i, "look_up", "{}")));
        }
        return turns;
    }
}
