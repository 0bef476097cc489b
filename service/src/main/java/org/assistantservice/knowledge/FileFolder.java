package org.assistantservice.knowledge;

import java.util.Optional;
import java.util.regex.Pattern;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;

/// Files that belong together and go together. Bounds hold for each folder.
///
/// @param name 1 to 64 characters of `[A-Za-z0-9_-]`; it names a directory
public record FileFolder(TenantId tenant, String name) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public FileFolder {
        if (!isSafe(name) || !isSafe(tenant.value())) {
            throw new IllegalArgumentException("A folder's name must be safe in a path");
        }
    }

    /// The folder of two directories, or empty if they are none of ours.
    static Optional<FileFolder> parse(String tenant, String name) {
        return isSafe(tenant) && isSafe(name)
                ? Optional.of(new FileFolder(new TenantId(tenant), name))
                : Optional.empty();
    }

    private static boolean isSafe(String text) {
        return SAFE.matcher(text).matches();
    }

    /// The files of a conversation.
    public static FileFolder of(Principal owner, ThreadId thread) {
        return new FileFolder(owner.tenant(), thread.value());
    }
}
