package org.assistantservice.bench.chat;

/// One chat: its script, when the model wrote each token, and what arrived. Times are
/// `System.nanoTime()`. Used on the bench's event loop only.
public final class Chat {
    private static final String MARK = "bench-chat-";

    private final int number;
    private final Script script;
    private final long[] writtenAt;
    private final OrderCheck order;
    private long askedAt;
    private long firstTokenAt;
    private long requestBytes;
    private long cutAt;
    private boolean done;

    private String run = "";

    Chat(int number, Script script) {
        this(number, script, new long[script.tokens()]);
    }

    private Chat(int number, Script script, long[] writtenAt) {
        this.number = number;
        this.script = script;
        this.writtenAt = writtenAt;
        order = new OrderCheck(script.tokens());
    }

    /// The same chat as another reader sees it: same times of the model, order and end of its own.
    public Chat forAnotherReader() {
        return new Chat(number, script, writtenAt);
    }

    /// What precedes a chat's number in the user's message; a `;` follows it.
    public static String mark() {
        return MARK;
    }

    /// The user's message, by which the model knows the chat. Needs no escapes in JSON.
    public String message() {
        return MARK + number + "; what does the lookup say?";
    }

    public int number() {
        return number;
    }

    public Script script() {
        return script;
    }

    public OrderCheck order() {
        return order;
    }

    /// The client writes its request.
    public void asked(long now) {
        askedAt = now;
    }

    public long askedAt() {
        return askedAt;
    }

    /// The model writes this token.
    public void written(int sequence, long now) {
        writtenAt[sequence] = now;
    }

    public long writtenAt(int sequence) {
        return writtenAt[sequence];
    }

    /// The server has named the run.
    public void run(String id) {
        run = id;
    }

    /// The run's id, or empty while it is not known.
    public String run() {
        return run;
    }

    /// The client reads the first token.
    public void firstToken(long now) {
        firstTokenAt = now;
    }

    /// Zero while there is none.
    public long firstTokenAt() {
        return firstTokenAt;
    }

    /// The model got a request of this chat.
    public void requested(long bytes) {
        requestBytes += bytes;
    }

    /// Bytes of all bodies that the model got for this chat.
    public long requestBytes() {
        return requestBytes;
    }

    /// The model's connection was closed in mid-answer.
    public void cut(long now) {
        cutAt = now;
    }

    /// Zero if the model could finish.
    public long cutAt() {
        return cutAt;
    }

    /// The server announced the run's end, and that it went well.
    public void finished() {
        done = true;
    }

    public boolean isFinished() {
        return done;
    }
}
