package org.assistantservice.knowledge;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import org.assistantservice.record.RecordStore;

/// Where files are kept, and how many; configured under `assistant-service.files`.
///
/// @param directory made when the first file is kept
/// @param maxFileBytes the largest file
/// @param maxFiles how many files a folder holds, at most 500
/// @param maxFolderBytes how many bytes the files of a folder have together
@ConfigurationProperties("assistant-service.files")
public record FileSettings(
        @Bindable(defaultValue = "data/files") Path directory,
        @Bindable(defaultValue = "10485760") @Positive int maxFileBytes,
        @Bindable(defaultValue = "100") @Positive int maxFiles,
        @Bindable(defaultValue = "104857600") @Positive long maxFolderBytes) {

    public FileSettings {
        if (maxFiles > RecordStore.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "assistant-service.files.max-files must be at most %d but was %d"
                            .formatted(RecordStore.MAX_LIMIT, maxFiles));
        }
    }
}
