package org.assistantservice.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.junit.jupiter.api.Test;

class AdministratorsTest {
    @Test
    void withoutKeysEverybodyIsOne() {
        Administrators administrators = administrators(List.of(), List.of());

        assertThatCode(() -> administrators.check(HttpRequest.GET("/"))).doesNotThrowAnyException();
    }

    @Test
    void withKeysThoseThatAreNamedAre() {
        Administrators administrators =
                administrators(List.of("anonymous:k-1", "root:k-2"), List.of("other, root"));

        assertThatCode(() -> administrators.check(of("root"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> administrators.check(of("anonymous")))
                .isInstanceOf(ProblemException.class)
                .hasMessage(Problem.unauthorized().toException().getMessage());
    }

    private static Administrators administrators(List<String> keys, List<String> names) {
        var settings = new ServerSettings(null, null, keys, 5000, 1000, Duration.ofSeconds(1));
        return new Administrators(new ApiKeys(settings), new AdministratorSettings(names));
    }

    private static HttpRequest<?> of(String key) {
        return HttpRequest.GET("/")
                .setAttribute(Caller.PRINCIPAL, new Principal(TenantId.DEFAULT, key));
    }
}
