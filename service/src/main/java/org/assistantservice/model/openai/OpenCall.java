package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.PROTOCOL;

import java.util.UUID;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelToolCall;
import org.jspecify.annotations.Nullable;

/// A tool call whose pieces are still arriving. The listener hears of it once its name is certain:
/// when arguments begin, or when the next call or the end of the turn closes it. For one thread.
final class OpenCall {
    private final int position;
    private final ModelListener listener;
    private final int maxCharacters;
    private final StringBuilder arguments = new StringBuilder();
    private final WholeCharacters characters = new WholeCharacters();
    private String id;
    private boolean idIsOurs;
    private String name = "";
    private @Nullable String extraJson;
    private boolean announced;

    OpenCall(int position, ModelListener listener, int maxCharacters) {
        this.position = position;
        this.listener = listener;
        this.maxCharacters = maxCharacters;
        id = "call_" + UUID.randomUUID().toString().replace("-", "");
        idIsOurs = true;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    boolean hasOwnId() {
        return !idIsOurs;
    }

    String arguments() {
        return arguments.toString();
    }

    void extra(String json) {
        extraJson = json;
    }

    /// The provider's id; comes too late once ours was announced, which then stays.
    void takeId(String given) {
        if (idIsOurs && !announced) {
            id = given;
            idIsOurs = false;
        }
    }

    /// A name, whole, repeated, or the next part of one.
    void takeName(String piece) {
        if (announced || piece.equals(name)) {
            return;
        }
        name = piece.startsWith(name) ? piece : name + piece;
    }

    void addArguments(String piece) throws AttemptFailedException {
        if (piece.isEmpty()) {
            return;
        }
        if (arguments.length() + piece.length() > maxCharacters) {
            throw AttemptFailedException.last(
                    PROTOCOL,
                    "The arguments of call %d are longer than %d characters"
                            .formatted(position, maxCharacters));
        }
        String whole = characters.join(piece);
        arguments.append(whole);
        if (announced) {
            tell(whole);
        } else if (!name.isEmpty()) {
            announce();
        }
    }

    /// Nothing more is expected for this call, so its name is complete.
    void close() {
        if (!name.isEmpty()) {
            announce();
        }
    }

    /// The complete call.
    ModelToolCall complete() throws AttemptFailedException {
        if (name.isEmpty()) {
            throw AttemptFailedException.last(
                    PROTOCOL, "Call %d of the turn has no name".formatted(position));
        }
        announce();
        String rest = characters.end();
        arguments.append(rest);
        tell(rest);
        return new ModelToolCall(id, name, arguments.toString(), extraJson);
    }

    private void announce() {
        if (!announced) {
            announced = true;
            listener.callStarted(position, id, name);
            tell(arguments.toString());
        }
    }

    private void tell(String piece) {
        if (!piece.isEmpty()) {
            listener.callArguments(position, piece);
        }
    }
}
