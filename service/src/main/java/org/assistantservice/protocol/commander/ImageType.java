package org.assistantservice.protocol.commander;

import java.util.Optional;
import org.assistantservice.knowledge.StoredFile;

/// Kinds of images that are shown. None of them can hold a script.
enum ImageType {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp");

    private final String mediaType;
    private final String extension;

    ImageType(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    String extension() {
        return extension;
    }

    /// Empty if it is no image, or none that is shown.
    static Optional<ImageType> of(StoredFile file) {
        for (ImageType type : values()) {
            if (type.mediaType.equals(file.mediaType())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
