package org.assistantservice.knowledge;

import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionFiles;
import org.assistantservice.dispatch.CallContext;

/// Keeps what actions make among the files of the thread they work for.
public final class ThreadFiles implements ActionFiles {
    private final FileStore files;

    public ThreadFiles(FileStore files) {
        this.files = files;
    }

    @Override
    public String keep(CallContext call, String name, String mediaType, byte[] content)
            throws ActionFailedException {
        try {
            FileFolder folder = FileFolder.of(call.principal(), call.threadId());
            String owner = call.principal().name();
            return files.save(
                            folder,
                            new NewFile(name, mediaType, content.clone(), owner, call.runId()))
                    .id()
                    .value();
        } catch (FileRefusedException e) {
            throw new ActionFailedException("the file cannot be kept: " + e.getMessage());
        }
    }
}
