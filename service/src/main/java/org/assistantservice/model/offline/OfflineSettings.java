package org.assistantservice.model.offline;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How the offline model speaks; configured under `assistant-service.model.offline`.
///
/// @param wordPace time between two words; 0 sends the whole answer at once
@ConfigurationProperties("assistant-service.model.offline")
public record OfflineSettings(@Bindable(defaultValue = "15ms") Duration wordPace) {}
