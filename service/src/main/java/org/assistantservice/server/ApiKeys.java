package org.assistantservice.server;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.Sha256;
import org.assistantservice.identity.TenantId;

/// The configured keys, kept as digests only. A look-up takes the same time whichever key matches,
/// and if none does.
@Singleton
final class ApiKeys {
    private final Map<String, byte[]> digests = new LinkedHashMap<>();

    /// @throws IllegalArgumentException if an entry is not `<name>:<key>`
    ApiKeys(ServerSettings settings) {
        for (String entry : settings.apiKeys()) {
            int colon = entry.indexOf(':');
            if (colon < 1 || colon == entry.length() - 1) {
                throw new IllegalArgumentException(
                        "assistant-service.server.api-keys: every entry must be <name>:<key>");
            }
            digests.put(entry.substring(0, colon), digest(entry.substring(colon + 1)));
        }
    }

    boolean isEmpty() {
        return digests.isEmpty();
    }

    Optional<Principal> principal(String key) {
        byte[] given = digest(key);
        Principal found = null;
        for (Map.Entry<String, byte[]> entry : digests.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), given)) {
                found = new Principal(TenantId.DEFAULT, entry.getKey());
            }
        }
        return Optional.ofNullable(found);
    }

    private static byte[] digest(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }
}
