package org.assistantservice.app.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/// An exception and its causes as text, of bounded length; each line ends with a line feed.
/// Messages stand on one line each, so that they cannot pass for frames or log lines.
final class StackTraceText {
    private static final int MAX_CAUSES = 8;
    private static final int MAX_FRAMES = 60;
    private static final int MAX_MESSAGE = 4_000;

    private StackTraceText() {}

    static String of(IThrowableProxy thrown) {
        var text = new StringBuilder();
        IThrowableProxy next = thrown;
        for (int i = 0; i < MAX_CAUSES && next != null; i++) {
            if (i > 0) {
                text.append("Caused by: ");
            }
            append(text, next);
            next = next.getCause();
        }
        return text.toString();
    }

    private static void append(StringBuilder text, IThrowableProxy thrown) {
        text.append(thrown.getClassName());
        String message = thrown.getMessage();
        if (message != null) {
            text.append(": ");
            Escapes.append(text, message.substring(0, Math.min(MAX_MESSAGE, message.length())));
        }
        text.append('\n');
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int own = frames.length - thrown.getCommonFrames();
        int shown = Math.min(MAX_FRAMES, own);
        for (int i = 0; i < shown; i++) {
            text.append('\t').append(frames[i].getSTEAsString()).append('\n');
        }
        if (shown < frames.length) {
            text.append("\t... ").append(frames.length - shown).append(" more\n");
        }
    }
}
