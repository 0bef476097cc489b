package org.assistantservice.knowledge;

import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionFiles;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.thread.ThreadStore;

/// Keeps what actions make among the files of the thread they work for, while there is one.
public final class ThreadFiles implements ActionFiles {
    private final FileStore files;
    private final ThreadStore threads;

    public ThreadFiles(FileStore files, ThreadStore threads) {
        this.files = files;
        this.threads = threads;
    }

    @Override
    public String keep(CallContext call, MadeFile made) throws ActionFailedException {
        try {
            FileFolder folder = FileFolder.of(call.principal(), call.threadId());
            NewFile file =
                    new NewFile(
                            made.name(),
                            made.mediaType(),
                            made.content().clone(),
                            call.principal().name(),
                            call.runId());
            StoredFile kept = files.save(folder, file, call.idempotencyKey() + "/" + made.place());
            // Looked at afterwards: whoever deletes the thread later deletes the file too.
            if (threads.find(call.principal(), call.threadId()).isEmpty()) {
                files.deleteAll(folder);
                throw new ActionFailedException(
                        "the file cannot be kept: the conversation was deleted");
            }
            return kept.id().value();
        } catch (FileRefusedException e) {
            throw new ActionFailedException("the file cannot be kept: " + e.getMessage());
        }
    }
}
