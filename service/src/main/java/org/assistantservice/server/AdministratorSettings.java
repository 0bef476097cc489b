package org.assistantservice.server;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may see and change what is everybody's; configured under `assistant-service.administrators`.
///
/// @param names of API keys
@ConfigurationProperties("assistant-service.administrators")
public record AdministratorSettings(@Nullable List<String> names) {
    @Override
    public List<String> names() {
        return ServerSettings.cleaned(names);
    }
}
