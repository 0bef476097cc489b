package org.assistantservice.knowledge;

import java.util.Locale;
import java.util.regex.Pattern;
import org.assistantservice.identity.RunId;
import org.jspecify.annotations.Nullable;

/// A file to be kept.
///
/// @param name 1 to 255 characters without control characters
/// @param mediaType e.g. `image/png`; its parameters are left out
/// @param content not copied, so do not change it
/// @param owner name of the principal it is kept for
/// @param runId the run in which an action makes it, or null
public record NewFile(
        String name,
        String mediaType,
        @SuppressWarnings("ArrayRecordComponent") // nobody compares files to be kept
                byte[] content,
        String owner,
        @Nullable RunId runId) {
    private static final int MAX_NAME = 255;
    private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /// Checks name and type.
    ///
    /// @throws FileRefusedException if name or type is none
    public NewFile {
        if (name.isBlank() || name.length() > MAX_NAME || CONTROL.matcher(name).find()) {
            throw new FileRefusedException(
                    "the name of a file must have 1 to %d printable characters"
                            .formatted(MAX_NAME));
        }
        mediaType = mediaType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
        if (!TYPE.matcher(mediaType).matches()) {
            throw new FileRefusedException("the type of a file must be like image/png");
        }
    }

    @Override
    public String toString() {
        return "NewFile[%s, %s, %d bytes]".formatted(name, mediaType, content.length);
    }
}
