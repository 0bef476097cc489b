package org.assistantservice.model.openai.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Remembers one response, a line per call: `200`, `body ab`, `end`, `broken: why`. Ends of reads
/// are left out. Thread-safe.
final class HeardResponse implements ResponseReader {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final int enough;
    private int length;

    HeardResponse() {
        this(Integer.MAX_VALUE);
    }

    /// @param enough wants no more bytes than these
    HeardResponse(int enough) {
        this.enough = enough;
    }

    List<String> lines() {
        return lines;
    }

    /// The body as far as it came.
    String body() {
        return String.join(
                "",
                lines.stream()
                        .filter(l -> l.startsWith("body "))
                        .map(l -> l.substring(5))
                        .toList());
    }

    void awaitBody() throws InterruptedException {
        if (!begun.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("No body has come");
        }
    }

    @Override
    public boolean head(ResponseHead head) {
        return lines.add(String.valueOf(head.status()));
    }

    @Override
    public boolean body(byte[] bytes, int from, int count) {
        lines.add("body " + new String(bytes, from, count, ISO_8859_1));
        length += count;
        begun.countDown();
        return true;
    }

    @Override
    public boolean readEnd() {
        return length < enough;
    }

    @Override
    public void end() {
        lines.add("end");
    }

    @Override
    public void broken(Throwable cause) {
        lines.add("broken: " + cause.getMessage());
    }
}
