package org.assistantservice.actions.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an author's first test looks like.
class FirstActionTest {
    @RegisterExtension final ActionKit kit = ActionKit.of(GreetingActions.class);

    @Test
    void greetsByName() {
        assertThat(kit.call("greet", "{\"name\":\"Ana\"}").output()).isEqualTo("Hello Ana");
    }
}
