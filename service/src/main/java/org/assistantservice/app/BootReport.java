package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.assistant.Assistants.Listing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says at start what the service runs with; never a key.
final class BootReport {
    private static final Logger LOG = LoggerFactory.getLogger("BOOTSTRAP");

    private BootReport() {}

    static void log(ApplicationContext context, Map<String, String> environment) {
        if (!ModelChoice.isOnline(context)) {
            LOG.info("[INFO] No OPENAI_API_KEY provided. Running in mock mode.");
            LOG.info("The offline model answers: it calls actions, but it is no language model");
        }
        modelOfOldCommander(environment);
        Assistants assistants = context.getBean(Assistants.class);
        Assistant standard = assistants.standard().map(Listing::assistant).orElse(null);
        LOG.atInfo()
                .addKeyValue(
                        "service_name", value(environment, "SERVICE_NAME", "assistant-service"))
                .addKeyValue("context", value(environment, "CONTEXT", "development"))
                .addKeyValue("client_id", value(environment, "CLIENT_ID", "test-client"))
                .addKeyValue("assistant_id", standard == null ? "" : standard.id().value())
                .addKeyValue("assistant_name", standard == null ? "" : standard.name())
                .addKeyValue("initial_message", standard == null ? "" : standard.initialMessage())
                .addKeyValue("code_interpreter", false)
                .addKeyValue("file_search", false)
                .addKeyValue(
                        "function_names",
                        standard == null
                                ? ""
                                : standard.functions().stream().map(it -> it.name()).toList())
                .addKeyValue(
                        "openai_apikey",
                        value(environment, "OPENAI_API_KEY", "").isEmpty() ? null : "sk")
                .addKeyValue("orchestrator_type", "openai")
                .addKeyValue("stream_handler_type", "websocket")
                .addKeyValue("tool_executor_type", "default")
                .addKeyValue("message_parser_type", "default")
                .log("Booting with config");
        for (Listing listing : assistants.all()) {
            if (!listing.isAvailable()) {
                LOG.warn(
                        "Assistant {} cannot serve: {}",
                        listing.assistant().name(),
                        listing.problem());
            }
        }
    }

    /// Settings of a system that had a model endpoint of its own; its protocol uses the service's.
    private static void modelOfOldCommander(Map<String, String> environment) {
        if (value(environment, "OPENAI_URI", "").isEmpty()) {
            return;
        }
        String key = value(environment, "OPENAI_KEY", value(environment, "OPENAI_API_KEY", ""));
        if (key.isEmpty()) {
            LOG.error("OPENAI_URI is set, but neither OPENAI_KEY nor OPENAI_API_KEY");
        } else {
            LOG.warn(
                    "OPENAI_URI is not used: set OPENAI_BASE_URL and OPENAI_API_KEY, the commander"
                            + " protocol uses the model of the service");
        }
    }

    private static String value(Map<String, String> environment, String name, String fallback) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? fallback : value;
    }
}
