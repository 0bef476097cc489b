package org.assistantservice.protocol.commander;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Settings of the commander protocol; configured under `assistant-service.commander`.
///
/// @param template name or id of the registered assistant whose actions, settings and model the
///   users' assistants have; where there is none, they have no actions
/// @param emailUri where the template's `send_email` sends to; empty: the action is not offered
/// @param deploySpa exactly `True` serves the page at `/`
/// @param maxUsers assistants kept at once
/// @param maxFiles files of one assistant
/// @param maxFileBytes largest file that is fetched
/// @param fetchTimeLimit for one file
/// @param fetchAllowed hosts with ports that files may come from though they are not public, e.g.
///   `files.internal:8080`
/// @param maxTextCharacters longest prompt and longest instructions, in code points
@ConfigurationProperties("assistant-service.commander")
record CommanderSettings(
        @Bindable(defaultValue = "analyst") String template,
        @Bindable(defaultValue = "") String emailUri,
        @Bindable(defaultValue = "") String deploySpa,
        @Bindable(defaultValue = "10000") @Positive int maxUsers,
        @Bindable(defaultValue = "20") @Positive int maxFiles,
        @Bindable(defaultValue = "5242880") @Positive int maxFileBytes,
        @Bindable(defaultValue = "10s") Duration fetchTimeLimit,
        @Bindable(defaultValue = "") List<String> fetchAllowed,
        @Bindable(defaultValue = "256000") @Positive int maxTextCharacters) {

    CommanderSettings {
        fetchAllowed = cleaned(fetchAllowed);
    }

    private static List<String> cleaned(List<String> values) {
        return values.stream()
                .flatMap(it -> Stream.of(it.split(",", -1)))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
    }
}
