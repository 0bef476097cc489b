package org.assistantservice.model.openai.http;

/// Reads the end of a body whose reader has seen enough, as long as it is short. For one thread.
final class SkippedRest implements ResponseReader {
    private static final int MAX_BYTES = 64 * 1024;

    private int skipped;

    @Override
    public boolean head(ResponseHead head) {
        return true;
    }

    @Override
    public boolean body(byte[] bytes, int from, int length) {
        skipped += length;
        return skipped <= MAX_BYTES;
    }

    @Override
    public boolean readEnd() {
        return true;
    }

    @Override
    public void end() {
        // The connection is free.
    }

    @Override
    public void broken(Throwable cause) {
        // Nobody misses it.
    }
}
