package org.assistantservice.protocol.openai;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/// Describes what all routes of this protocol answer with.
@Retention(RUNTIME)
@Target(TYPE)
@ApiResponse(
        responseCode = "200",
        description = "The object, or a `list` of objects, as the Assistants API defines it",
        content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
@ApiResponse(
        responseCode = "400",
        description = "The query cannot be meant",
        content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
@ApiResponse(
        responseCode = "404",
        description = "There is no such object, or it belongs to somebody else",
        content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
@interface AnswersJson {}
