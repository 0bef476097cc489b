package org.assistantservice.protocol.commander;

import org.assistantservice.server.BodyMistakes;
import tools.jackson.databind.JsonNode;

/// The body of POST `/api/process`.
record ProcessRequest(String userName, String prompt) {
    /// @throws org.assistantservice.server.ProblemException 422 if the shape is wrong, 400 if a
    ///   value is
    static ProcessRequest read(byte[] body, CommanderSettings settings) {
        JsonNode root = BodyMistakes.object(body);
        BodyMistakes mistakes = new BodyMistakes();
        var request =
                new ProcessRequest(mistakes.text(root, "userName"), mistakes.text(root, "prompt"));
        mistakes.throwIfAny();
        if (request.userName.isEmpty()) {
            throw Refusals.badRequest("No user name name was provided. User name is required.");
        }
        if (request.prompt.isEmpty()) {
            throw Refusals.badRequest("No prompt was provided. Prompt is required.");
        }
        Texts.check("The prompt", request.prompt, settings.maxTextCharacters());
        return request;
    }
}
