package org.assistantservice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The Assistants API as its makers published it; the source is named in the NOTICE beside the
/// file.
public final class PublishedSchemas {
    private static final String LOCATION = "https://schemas.test/assistants-v2-openapi.json";

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemas(Map.of(LOCATION, document())));

    public void assertValid(String schema, String json) {
        var location = SchemaLocation.of(LOCATION + "#/components/schemas/" + schema);

        var errors = registry.getSchema(location).validate(json, InputFormat.JSON);

        assertThat(errors).as("%s: %s", schema, json).isEmpty();
    }

    private static String document() {
        try (InputStream file =
                PublishedSchemas.class.getResourceAsStream(
                        "/assistants-v2/assistants-v2-openapi.json")) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
