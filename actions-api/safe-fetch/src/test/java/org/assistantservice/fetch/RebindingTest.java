package org.assistantservice.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.assistantservice.fetch.FetchResult.Fetched;
import org.assistantservice.fetch.FetchResult.Refused;
import org.assistantservice.fetch.FetchResult.Unreachable;
import org.junit.jupiter.api.Test;

/// Names whose addresses change between one look-up and the next. Here `127.0.0.2` stands for the
/// public internet and `127.0.0.1` for what must not be reached.
class RebindingTest {
    private static final InetAddress OUTSIDE = InetAddress.ofLiteral("127.0.0.2");
    private static final InetAddress INSIDE = InetAddress.ofLiteral("127.0.0.1");

    /// Answers each look-up with the next address; one look-up too many finds nothing.
    private static final class Changing implements Names {
        private final Queue<InetAddress> answers;

        Changing(InetAddress... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public List<InetAddress> addresses(String host) throws UnknownHostException {
            InetAddress next = answers.poll();
            if (next == null) {
                throw new UnknownHostException(host);
            }
            return List.of(next);
        }
    }

    @Test
    void theConnectionGoesToTheAddressThatWasCheckedWithoutASecondLookUp() throws Exception {
        try (LocalServer inside = LocalServer.start(LocalServer.page("secret"));
                LocalServer outside = twin(inside, LocalServer.page("hello"))) {
            var names = new Changing(OUTSIDE, INSIDE);

            FetchResult result = fetch(names, inside.port());

            assertThat(((Fetched) result).text()).isEqualTo("hello");
            assertThat(names.answers).containsExactly(INSIDE);
            assertThat(outside.heads().getFirst()).contains("Host: rebind.test:" + inside.port());
            assertThat(inside.heads()).isEmpty();
        }
    }

    @Test
    void aNameThatChangesBetweenRedirectsIsCheckedAgain() throws Exception {
        try (LocalServer inside = LocalServer.start(LocalServer.page("secret"));
                LocalServer outside = twin(inside, LocalServer.redirect("/again"))) {
            FetchResult result = fetch(new Changing(OUTSIDE, INSIDE), inside.port());

            assertThat(result)
                    .isEqualTo(new Refused("Only addresses of the public internet can be fetched"));
            assertThat(outside.heads()).hasSize(1);
            assertThat(inside.heads()).isEmpty();
        }
    }

    @Test
    void aNameWithoutAddressIsTold() throws Exception {
        assertThat(fetch(new Changing(), 80))
                .isEqualTo(new Unreachable("The host of this address was not found"));
    }

    /// A server on the same port of the other address.
    private static LocalServer twin(LocalServer server, LocalServer.Answer answer)
            throws java.io.IOException {
        return LocalServer.on(new ServerSocket(server.port(), 50, OUTSIDE), answer);
    }

    private static FetchResult fetch(Names names, int port) throws InterruptedException {
        try (SafeFetch fetch =
                new SafeFetch(
                        FetchRules.DEFAULT.withPorts(Set.of(port)),
                        names,
                        OUTSIDE::equals,
                        DefaultClientTlsStrategy.createDefault())) {
            return fetch.fetch(FetchRequest.page("http://rebind.test:%d/".formatted(port)));
        }
    }
}
