package org.assistantservice.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;

/// Signs JARs with a key of its own, and alters them afterwards.
final class SignedJar {
    private static final String PASSWORD = "changeit";

    private SignedJar() {}

    static Path sign(Path jar, Path folder) throws Exception {
        KeyStore keys = KeyStore.getInstance(newKey(folder).toFile(), PASSWORD.toCharArray());
        var key =
                (KeyStore.PrivateKeyEntry)
                        keys.getEntry(
                                "demo", new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        Path signed = folder.resolve("signed.jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key).digestAlgorithm("SHA-256").build().sign(in, out);
        }
        return signed;
    }

    /// The JAR with one entry's content replaced.
    static byte[] withEntry(Path jar, String name, String content) throws IOException {
        var altered = new ByteArrayOutputStream();
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(altered)) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream old = in.getInputStream(entry)) {
                    out.write(
                            entry.getName().equals(name)
                                    ? content.getBytes(UTF_8)
                                    : old.readAllBytes());
                }
                out.closeEntry();
            }
        }
        return altered.toByteArray();
    }

    private static Path newKey(Path folder) throws Exception {
        Path store = folder.resolve("keys.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                "demo",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=demo",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return store;
    }
}
