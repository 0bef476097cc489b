package org.assistantservice.actions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicApiTest {
    private static final int MAX_PUBLIC_TYPES = 8;

    private static final String REMEDY =
            """
            The public API of actions-api is not what public-api.txt says.
            Within a major version an API is added to or deprecated, never changed or removed.
            If the difference below is meant, accept it and commit the file:

                cp actions-api/target/public-api.txt actions-api/src/test/resources/public-api.txt
            """;

    private static final Path CLASSES = Path.of("target", "classes");

    @Test
    void thePublicApiIsTheCommittedOne() throws Exception {
        String listing = ApiListing.of(publicTypes());
        Files.writeString(Path.of("target", "public-api.txt"), listing);

        assertThat(listing).as(REMEDY).isEqualTo(committed());
    }

    @Test
    void thePublicApiIsSmall() throws Exception {
        assertThat(publicTypes()).isNotEmpty().hasSizeLessThanOrEqualTo(MAX_PUBLIC_TYPES);
    }

    private static List<Class<?>> publicTypes() throws Exception {
        return ApiListing.publicTypes(CLASSES, Action.class.getPackageName());
    }

    private static String committed() throws Exception {
        try (InputStream file = PublicApiTest.class.getResourceAsStream("/public-api.txt")) {
            return new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
