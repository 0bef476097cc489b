package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.server.types.files.SystemFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.Principal;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.knowledge.StoredFile;
import org.assistantservice.protocol.commander.ImageFolders.Folder;
import org.assistantservice.server.Caller;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.Problem;

/// GET `/images/<folder>/<file id>.<extension>`, with one slash or more before the file: an image
/// that an action made for a user of the caller.
@Controller("/images")
@OfProtocol("commander")
@ExecuteOn(TaskExecutors.VIRTUAL)
final class ImagesController {
    private static final Pattern NAME = Pattern.compile("(file-[A-Za-z0-9]{1,59})\\.[a-z]{3,4}");

    private final ImageFolders folders;
    private final Conversation conversation;
    private final FileStore files;

    ImagesController(ImageFolders folders, Conversation conversation, FileStore files) {
        this.folders = folders;
        this.conversation = conversation;
        this.files = files;
    }

    @Get(
            uris = {"/{folder}/{file}", "/{folder}//{file}"},
            produces = MediaType.ALL)
    HttpResponse<SystemFile> image(
            HttpRequest<?> request, @PathVariable String folder, @PathVariable String file) {
        Matcher name = NAME.matcher(file);
        if (!name.matches()) {
            throw unknown();
        }
        Principal caller = Caller.principal(request);
        FileId id = FileId.parse(name.group(1)).orElseThrow(ImagesController::unknown);
        FileFolder itsFiles =
                folders.find(caller.tenant(), folder)
                        .filter(it -> it.user().owner().equals(caller))
                        .map(Folder::threadId)
                        .map(thread -> FileFolder.of(caller, thread))
                        .orElseThrow(ImagesController::unknown);
        StoredFile image = conversation.image(itsFiles, id).orElseThrow(ImagesController::unknown);
        Path content = files.content(itsFiles, id).orElseThrow(ImagesController::unknown);
        // Sent piece by piece from the disk, never whole in memory.
        return HttpResponse.ok(new SystemFile(content.toFile(), MediaType.of(image.mediaType())))
                .contentType(MediaType.of(image.mediaType()))
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=3600")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static RuntimeException unknown() {
        return new Problem(HttpStatus.NOT_FOUND, Problem.UNKNOWN_PATH, "Not Found").toException();
    }
}
