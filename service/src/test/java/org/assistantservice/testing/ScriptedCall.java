package org.assistantservice.testing;

import java.util.List;

/// A tool call that a scripted turn makes.
///
/// @param argumentPieces the arguments as they are split over chunks
public record ScriptedCall(String id, String name, List<String> argumentPieces) {
    public ScriptedCall {
        argumentPieces = List.copyOf(argumentPieces);
    }

    /// `call("call_1", "get_weather", "{\"loc", "ation\":\"Paris\"}")`
    public static ScriptedCall call(String id, String name, String... argumentPieces) {
        return new ScriptedCall(id, name, List.of(argumentPieces));
    }
}
