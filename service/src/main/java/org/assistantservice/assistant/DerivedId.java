package org.assistantservice.assistant;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.Sha256;

/// Ids for assistants that come from a place instead of a registration. The same place gives the
/// same id on every replica and after every start, so that two replicas that find a new folder at
/// once register one assistant and not two.
final class DerivedId {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int LENGTH = 24;

    private DerivedId() {}

    /// For a document placed by hand that names no id.
    static AssistantId ofDocument(String name) {
        return of("document", name);
    }

    /// For the `assistant.json` of a folder.
    static AssistantId ofFolder(String name) {
        return of("folder", name);
    }

    private static AssistantId of(String kind, String name) {
        byte[] digest = Sha256.of((kind + "/" + name).getBytes(StandardCharsets.UTF_8));
        BigInteger number = new BigInteger(1, digest);
        String body =
                IntStream.range(0, LENGTH)
                        .mapToObj(i -> number.divide(BASE.pow(i)).mod(BASE).intValue())
                        .map(digit -> ALPHABET.substring(digit, digit + 1))
                        .collect(Collectors.joining());
        return new AssistantId("asst_" + body);
    }
}
