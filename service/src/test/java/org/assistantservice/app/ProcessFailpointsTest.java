package org.assistantservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assistantservice.run.Failpoints;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessFailpointsTest {
    @AfterEach
    void switchOff() {
        System.clearProperty("failpoints");
    }

    @Test
    void nothingHappensUnlessFailpointsAreSwitchedOn() {
        assertThat(ProcessFailpoints.of("after-plan:1:throw")).isSameAs(Failpoints.NONE);
    }

    @Test
    void itActsAtTheNthTimeOfItsOwnPlaceOnly() {
        System.setProperty("failpoints", "on");
        Failpoints failpoints = ProcessFailpoints.of("after-plan:2:throw");

        assertThatCode(
                        () -> {
                            failpoints.reach("after-plan");
                            failpoints.reach("before-ack");
                        })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> failpoints.reach("after-plan")).hasMessage("Failpoint after-plan");
    }

    @Test
    void aMisspeltSettingIsRefused() {
        System.setProperty("failpoints", "on");

        assertThatThrownBy(() -> ProcessFailpoints.of("after-plan:halt"))
                .hasMessage("FAILPOINT is not name:nth:effect: after-plan:halt");
    }
}
