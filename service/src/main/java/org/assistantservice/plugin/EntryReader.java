package org.assistantservice.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Unpacks the entries of one JAR one after the other, counts what really comes out, and keeps only
/// the start of each. Not thread-safe.
final class EntryReader {
    /// The longest start that is kept: enough for a manifest or a module descriptor.
    static final int KEPT = 256 * 1024;

    private static final int BUFFER = 16 * 1024;
    private static final long RATIO_COUNTS_FROM = 16L * 1024 * 1024;

    private final String jar;
    private final long jarSize;
    private final JarLimits limits;
    private final byte[] buffer = new byte[BUFFER];
    private long inflated;

    EntryReader(String jar, long jarSize, JarLimits limits) {
        this.jar = jar;
        this.jarSize = jarSize;
        this.limits = limits;
    }

    /// @return the entry's content, or its first [#KEPT] bytes and one more if it is longer
    /// @throws JarRefusedException as soon as the JAR has unpacked to more than the limits allow
    /// @throws IOException if the entry is damaged
    byte[] read(ZipFile zip, ZipEntry entry) throws IOException, JarRefusedException {
        var start = new ByteArrayOutputStream();
        var crc = new CRC32();
        try (InputStream in = zip.getInputStream(entry)) {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                count(n);
                crc.update(buffer, 0, n);
                start.write(buffer, 0, Math.min(n, KEPT + 1 - start.size()));
            }
        }
        if (crc.getValue() != entry.getCrc()) {
            throw new ZipException("wrong checksum of " + entry.getName());
        }
        return start.toByteArray();
    }

    private void count(int bytes) throws JarRefusedException {
        inflated += bytes;
        if (inflated > limits.maxInflatedSize()) {
            throw new JarRefusedException(
                    ("%s unpacks to more than the %d bytes that"
                                    + " assistant-service.packs.jars.max-inflated-size allows. Make"
                                    + " it smaller, or raise that setting.")
                            .formatted(jar, limits.maxInflatedSize()));
        }
        if (inflated > RATIO_COUNTS_FROM && inflated / limits.maxRatio() > jarSize) {
            throw new JarRefusedException(
                    ("%s unpacks to more than %d times its size: no ordinary JAR does. Make its"
                                    + " content smaller, or raise"
                                    + " assistant-service.packs.jars.max-ratio.")
                            .formatted(jar, limits.maxRatio()));
        }
    }
}
