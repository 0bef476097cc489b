package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.netty.channel.EventLoopGroupConfiguration;
import io.micronaut.http.netty.channel.EventLoopGroupFactory;
import io.micronaut.http.netty.channel.EventLoopGroupRegistry;
import io.micronaut.http.netty.channel.NettyChannelType;
import io.netty.bootstrap.Bootstrap;
import java.util.List;
import org.assistantservice.model.ModelClient;
import org.assistantservice.model.offline.OfflineModelClient;
import org.assistantservice.model.offline.OfflineSettings;
import org.assistantservice.model.openai.OpenAiDialect;
import org.assistantservice.model.openai.OpenAiLimits;
import org.assistantservice.model.openai.OpenAiModelClient;
import org.assistantservice.model.openai.OpenAiResilience;
import org.assistantservice.model.openai.OpenAiSettings;

/// Which model answers: what `MODEL_PROVIDER` names; without it the endpoint that a key or a base
/// URL points to, else the offline model.
final class ModelChoice {
    private ModelChoice() {}

    static ModelClient open(ApplicationContext context) {
        if (!isOnline(context)) {
            return new OfflineModelClient(context.getBean(OfflineSettings.class));
        }
        OpenAiSettings settings = context.getBean(OpenAiSettings.class);
        if (!settings.problems().isEmpty()) {
            throw new ConfigurationException(settings.problems());
        }
        return new OpenAiModelClient(
                settings,
                context.getBean(OpenAiDialect.class),
                context.getBean(OpenAiLimits.class),
                context.getBean(OpenAiResilience.class),
                serverLoops(context));
    }

    /// The HTTP server's event loops: a model's words are read where they are written to clients.
    private static Bootstrap serverLoops(ApplicationContext context) {
        EventLoopGroupRegistry loops = context.getBean(EventLoopGroupRegistry.class);
        EventLoopGroupFactory channels = context.getBean(EventLoopGroupFactory.class);
        EventLoopGroupConfiguration configuration =
                loops.getEventLoopGroupConfiguration(EventLoopGroupConfiguration.DEFAULT)
                        .orElse(null);
        return new Bootstrap()
                .group(loops.getDefaultEventLoopGroup())
                .channelFactory(() ->
                        channels.channelInstance(NettyChannelType.CLIENT_SOCKET, configuration));
    }

    /// @throws ConfigurationException if no provider is known by that name
    static boolean isOnline(ApplicationContext context) {
        return switch (setting(context, "provider")) {
            case "openai" -> true;
            case "offline" -> false;
            case "" ->
                    !setting(context, "api-key").isEmpty()
                            || !setting(context, "base-url").isEmpty();
            case String other ->
                    throw new ConfigurationException(
                            List.of(
                                    "assistant-service.model.provider (MODEL_PROVIDER) must be"
                                            + " openai or offline but is '%s'"
                                                    .formatted(EnvironmentCheck.shown(other))));
        };
    }

    private static String setting(ApplicationContext context, String name) {
        return context.getProperty("assistant-service.model." + name, String.class).orElse("");
    }
}
