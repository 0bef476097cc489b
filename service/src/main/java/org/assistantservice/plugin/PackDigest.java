package org.assistantservice.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// SHA-256 over the names, sizes and contents of a pack's JARs, in the order they are added. Not
/// thread-safe.
final class PackDigest {
    private static final int BUFFER = 64 * 1024;

    private final MessageDigest sha256;

    PackDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// Adds a file, and copies what was read if asked to.
    ///
    /// @param size how many bytes it must have; no more than these are read
    /// @param copy a new file to write; its parent folder is made if missing
    /// @return whether the file has that size
    boolean add(String name, Path file, long size, Optional<Path> copy) throws IOException {
        sha256.update((name + '\0' + size + '\0').getBytes(UTF_8));
        Path parent = copy.map(Path::getParent).orElse(null);
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (InputStream in = Files.newInputStream(file);
                OutputStream out =
                        copy.isPresent()
                                ? Files.newOutputStream(copy.get())
                                : OutputStream.nullOutputStream()) {
            return transfer(in, out, size);
        }
    }

    /// The digest in 64 hexadecimal digits; ends this object's use.
    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    private boolean transfer(InputStream in, OutputStream out, long size) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long read = 0;
        int n;
        while ((n = in.read(buffer)) >= 0) {
            read += n;
            if (read > size) {
                return false;
            }
            sha256.update(buffer, 0, n);
            out.write(buffer, 0, n);
        }
        return read == size;
    }
}
