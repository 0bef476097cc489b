package org.assistantservice.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Checks one JAR from end to end: that it is a ZIP file within the limits, that it is undamaged,
/// and that nothing in it is forbidden. Thread-safe.
final class JarCheck {
    private static final int DIRECTORY_BYTES_PER_ENTRY = 512;
    private static final int LOCAL_HEADER = 0x504b0304;

    private final JarLimits limits;

    JarCheck(JarLimits limits) {
        this.limits = limits;
    }

    /// @param problems one sentence each; empty if the JAR is fit to be loaded
    /// @param module the name in the JAR's `module-info.class`, if it has one
    record Findings(List<String> problems, Optional<String> module) {
        Findings {
            problems = List.copyOf(problems);
        }
    }

    /// @param jar a file that nobody changes meanwhile
    Findings check(PackCopy.Jar jar) {
        try {
            Optional<ZipEnd> end = ZipEnd.of(jar.path());
            if (end.isEmpty()) {
                return problem(noZip(jar));
            }
            Optional<String> tooLarge = tooLarge(jar.name(), end.get());
            return tooLarge.isPresent() ? problem(tooLarge.get()) : checkEntries(jar);
        } catch (ZipException e) {
            return problem(unreadable(jar.name(), String.valueOf(e.getMessage())));
        } catch (JarRefusedException e) {
            return problem(String.valueOf(e.getMessage()));
        } catch (SecurityException e) {
            return problem(
                    ("%s is signed, but its signature does not match its content (%s): sign it"
                                    + " again.")
                            .formatted(jar.name(), e.getMessage()));
        } catch (IOException e) {
            return problem(
                    "%s is damaged (%s): copy it again.".formatted(jar.name(), e.getMessage()));
        }
    }

    private Findings checkEntries(PackCopy.Jar jar) throws IOException, JarRefusedException {
        var content = new JarContent(jar.name());
        var reader = new EntryReader(jar.name(), Files.size(jar.path()), limits);
        try (ZipFile zip = new ZipFile(jar.path().toFile())) {
            if (zip.size() > limits.maxEntries()) {
                return problem(tooManyEntries(jar.name(), zip.size()));
            }
            for (ZipEntry entry : Collections.list(zip.entries())) {
                content.name(entry.getName());
                if (!entry.isDirectory()) {
                    content.content(entry.getName(), reader.read(zip, entry));
                }
            }
        }
        if (content.isSigned()) {
            verifySignatures(jar);
        }
        return content.findings();
    }

    private Optional<String> tooLarge(String jar, ZipEnd end) {
        if (end.isZip64()) {
            return Optional.of(
                    ("%s is a ZIP64 archive, which is for more than 65,534 entries or 4 GB:"
                                    + " split it.")
                            .formatted(jar));
        }
        if (end.entries() > limits.maxEntries()) {
            return Optional.of(tooManyEntries(jar, end.entries()));
        }
        return end.directorySize() > (long) limits.maxEntries() * DIRECTORY_BYTES_PER_ENTRY
                ? Optional.of(
                        ("%s has a ZIP directory of %d bytes, far more than its entries need:"
                                        + " build it again.")
                                .formatted(jar, end.directorySize()))
                : Optional.empty();
    }

    private String tooManyEntries(String jar, int entries) {
        return ("%s has %d entries, more than the %d that"
                        + " assistant-service.packs.jars.max-entries allows. Split it, or raise"
                        + " that setting.")
                .formatted(jar, entries, limits.maxEntries());
    }

    /// Reading an entry of a signed JAR to its end checks its signature.
    private static void verifySignatures(PackCopy.Jar jar) throws IOException {
        try (JarFile signed = new JarFile(jar.path().toFile(), true)) {
            for (ZipEntry entry : Collections.list(signed.entries())) {
                try (InputStream in = signed.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    private static String noZip(PackCopy.Jar jar) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(jar.path())) {
            start = in.readNBytes(Integer.BYTES);
        }
        boolean isCutOff =
                start.length == Integer.BYTES && ByteBuffer.wrap(start).getInt() == LOCAL_HEADER;
        return isCutOff
                ? ("%s is cut off: the ZIP directory at its end is missing. Copy it again, under a"
                                + " name that ends in .tmp, and rename it when it is whole.")
                        .formatted(jar.name())
                : "%s is not a ZIP file: build it with Maven, Gradle or the jar command."
                        .formatted(jar.name());
    }

    private static String unreadable(String jar, String reason) {
        return reason.contains("encrypted")
                ? "%s has encrypted entries: build it without a password.".formatted(jar)
                : "%s cannot be read as a ZIP file (%s): copy it again, or build it again."
                        .formatted(jar, reason);
    }

    private static Findings problem(String sentence) {
        return new Findings(List.of(sentence), Optional.empty());
    }
}
