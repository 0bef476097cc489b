package org.assistantservice.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// ZIP files that no ordinary tool writes.
final class ZipBytes {
    private ZipBytes() {}

    /// Empty entries with these names.
    static byte[] zip(String... names) throws IOException {
        var content = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(content)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.closeEntry();
            }
        }
        return content.toByteArray();
    }

    /// One entry whose text stands in the file as it is.
    static byte[] stored(String name, String text) throws IOException {
        var content = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(content)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(UTF_8));
            zip.closeEntry();
        }
        return content.toByteArray();
    }

    /// Where the first entry of the directory at the file's end begins.
    static int centralHeader(byte[] zip) {
        for (int i = 0; i < zip.length - 3; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                return i;
            }
        }
        throw new IllegalArgumentException("No central directory");
    }

    /// Overwrites a text wherever it stands by another one of the same length.
    static void replace(byte[] in, String what, String by) {
        byte[] old = what.getBytes(UTF_8);
        byte[] replacement = by.getBytes(UTF_8);
        for (int i = 0; i <= in.length - old.length; i++) {
            if (Arrays.equals(in, i, i + old.length, old, 0, old.length)) {
                System.arraycopy(replacement, 0, in, i, replacement.length);
            }
        }
    }
}
