package org.assistantservice.samples.research;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a wrong setting refuses the assistant's configuration with.
class ResearchSettingsTest {
    /// Texts only; what the actions do not ask for is not there.
    private record Texts(Map<String, String> values) implements ActionSettings {
        @Override
        public String text(String key) {
            String value = values.get(key);
            if (value == null) {
                throw new IllegalArgumentException("No setting '%s'".formatted(key));
            }
            return value;
        }

        @Override
        public String text(String key, String fallback) {
            return values.getOrDefault(key, fallback);
        }

        @Override
        public long number(String key) {
            throw new UnsupportedOperationException(key);
        }

        @Override
        public long number(String key, long fallback) {
            throw new UnsupportedOperationException(key);
        }

        @Override
        public boolean flag(String key, boolean fallback) {
            throw new UnsupportedOperationException(key);
        }

        @Override
        public Secret secret(String key) {
            return Secret.of(text(key));
        }

        @Override
        public Set<String> names() {
            return values.keySet();
        }

        @Override
        public Path dataDir() {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "search_engine|google|search_engine must be searxng, brave or html but is 'google'",
                "search_engine|brave|No setting 'search_key'",
                "search_url|ftp://x/|search_url must be an http or https address but is 'ftp://x/'",
                "search_url|not a url|search_url must be an http or https address but is 'not a url'",
                "time_zone|Mars|time_zone must be a zone such as Europe/Lisbon but is 'Mars'",
                "link_selector|a[|link_selector must be a CSS selector but is 'a['",
                "allowed_hosts|wiki|'wiki' must be a host and a port such as searx.internal:8080"
            })
    void aWrongSettingIsNamedWithItsRule(String name, String value, String message) {
        Map<String, String> settings = new HashMap<>();
        settings.put("search_engine", "html");
        settings.put("search_url", "https://search.example/");
        settings.put(name, value);

        assertThatThrownBy(() -> new ResearchActions(new Texts(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
