package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.knowledge.StoredFile;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunStatus;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.ThreadStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// What a run left in its thread, as clients are shown it: the prompt, the texts, the images that
/// actions made. Blocks; thread-safe.
@Singleton
final class Conversation {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ThreadStore threads;
    private final FileStore files;

    Conversation(ThreadStore threads, FileStore files) {
        this.threads = threads;
        this.files = files;
    }

    /// @param run one that is over
    /// @throws org.assistantservice.server.ProblemException 502 if it came to no answer
    ArrayNode answer(User user, Run run, String prompt) {
        List<String> texts = texts(user, run);
        boolean isAnswered =
                run.status() == RunStatus.COMPLETED
                        || (run.status() == RunStatus.INCOMPLETE && !texts.isEmpty());
        if (!isAnswered) {
            RunError error = run.state().error();
            throw Refusals.notProcessed()
                    .retryAfter(error == null ? null : error.retryAfter())
                    .toException();
        }
        ArrayNode list = JSON.createArrayNode();
        add(list, "user", prompt, null);
        texts.forEach(text -> add(list, "assistant", text, null));
        for (StoredFile file : files.list(folder(user))) {
            if (run.id().equals(file.runId())) {
                ImageType.of(file)
                        .ifPresent(type -> add(list, "assistant", "", path(user, file, type)));
            }
        }
        return list;
    }

    /// The image that an address names, if it is one that an action made on this thread.
    Optional<StoredFile> image(FileFolder folder, FileId id) {
        return files.find(folder, id)
                .filter(file -> file.runId() != null)
                .filter(file -> ImageType.of(file).isPresent());
    }

    private List<String> texts(User user, Run run) {
        ThreadId thread = user.threadId();
        PageRequest all = PageRequest.oldestFirst(PageRequest.MAX_LIMIT);
        return threads.messages(user.owner(), thread, all, run.id()).data().stream()
                .filter(message -> message.role() == Message.Role.ASSISTANT)
                .flatMap(message -> message.content().stream())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String path(User user, StoredFile file, ImageType type) {
        return "images/%s/%s.%s".formatted(user.imageFolder(), file.id(), type.extension());
    }

    private static void add(ArrayNode list, String role, String text, @Nullable String image) {
        list.addObject().put("role", role).put("content", text).put("imageContent", image);
    }

    static FileFolder folder(User user) {
        return FileFolder.of(user.owner(), user.threadId());
    }
}
