package org.assistantservice.app;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Whether the service talks to itself before it is ready; configured under
/// `assistant-service.rehearsal`.
///
/// @param limit how long a start waits for it at its end; 0 for no rehearsal
@ConfigurationProperties("assistant-service.rehearsal")
record RehearsalSettings(@Bindable(defaultValue = "1s") Duration limit) {
    boolean isOn() {
        return limit.isPositive();
    }
}
