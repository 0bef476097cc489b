package org.assistantservice.assistant.gcs;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.assistantservice.assistant.AssistantConflictException;
import org.assistantservice.assistant.AssistantStore;
import org.assistantservice.assistant.AssistantStoreException;
import org.assistantservice.assistant.ConfigText;
import org.assistantservice.assistant.StoredConfig;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;

/// Keeps each assistant in an object `configs/<assistant id>` of a bucket. Objects with the names
/// of earlier systems, `configs/<name>` and `configs/<client id>`, are read and never written;
/// `configs/assistant` is read when there is nothing else. Writes carry the generation that they
/// replace, so that nobody's change is lost. An object is downloaded once for each generation.
/// Thread-safe.
public final class GcsAssistantStore implements AssistantStore, AutoCloseable {
    private static final String FOLDER = "configs/";
    private static final String LAST_RESORT = "assistant";
    private static final int MAX_OBJECTS = 1_000;
    private static final BlobField[] FIELDS = {
        BlobField.NAME, BlobField.GENERATION, BlobField.SIZE, BlobField.CONTENT_ENCODING
    };

    private final Storage storage;
    private final String bucket;
    private final GcsFailures failures;
    private final Map<String, StoredConfig> downloaded = new ConcurrentHashMap<>();

    GcsAssistantStore(Storage storage, GcsSettings settings) {
        this.storage = storage;
        this.bucket = settings.bucketId();
        this.failures = new GcsFailures(settings);
    }

    /// Makes a client; connects at the first call.
    public static GcsAssistantStore open(GcsSettings settings) {
        return new GcsAssistantStore(GcsClient.open(settings), settings);
    }

    @Override
    public String location() {
        return "gs://%s/configs".formatted(bucket);
    }

    @Override
    public List<StoredConfig> list() {
        try {
            List<StoredConfig> found = new ArrayList<>();
            for (Blob object : objects()) {
                document(object).ifPresent(found::add);
            }
            if (found.size() > 1) {
                found.removeIf(it -> it.name().equals(LAST_RESORT));
            }
            downloaded.values().retainAll(found);
            found.sort(
                    Comparator.comparing(
                            (StoredConfig it) -> AssistantId.parse(it.name()).isEmpty()));
            return List.copyOf(found);
        } catch (StorageException e) {
            throw failures.translated("list", e);
        }
    }

    @Override
    public Optional<StoredConfig> read(AssistantId id) {
        try {
            Blob object = storage.get(blobId(id), BlobGetOption.fields(FIELDS));
            return object == null ? Optional.empty() : document(object);
        } catch (StorageException e) {
            throw failures.translated("read", e);
        }
    }

    @Override
    public String write(AssistantId id, String json, Precondition precondition) {
        BlobInfo target =
                BlobInfo.newBuilder(blobId(id)).setContentType("application/json").build();
        BlobTargetOption expected =
                switch (precondition) {
                    case Precondition.Absent() -> BlobTargetOption.doesNotExist();
                    case Precondition.Unchanged(var generation) ->
                            BlobTargetOption.generationMatch(Long.parseLong(generation));
                };
        try {
            byte[] content = json.getBytes(StandardCharsets.UTF_8);
            return generation(storage.create(target, content, expected));
        } catch (StorageException e) {
            if (GcsFailures.isConflict(e)) {
                throw new AssistantConflictException(id, location());
            }
            throw failures.translated("write", e);
        }
    }

    @Override
    public void delete(AssistantId id, String generation) {
        boolean isDeleted;
        try {
            isDeleted =
                    storage.delete(
                            blobId(id),
                            BlobSourceOption.generationMatch(Long.parseLong(generation)));
        } catch (StorageException e) {
            if (GcsFailures.isConflict(e)) {
                throw new AssistantConflictException(id, location());
            }
            throw failures.translated("delete", e);
        }
        if (!isDeleted) {
            throw new AssistantConflictException(id, location());
        }
    }

    @Override
    public void close() {
        try {
            storage.close();
        } catch (Exception e) {
            throw new AssistantStoreException("The client of " + location() + " did not close", e);
        }
    }

    /// Objects directly in the folder.
    private List<Blob> objects() {
        List<Blob> objects = new ArrayList<>();
        BlobListOption[] options = {
            BlobListOption.prefix(FOLDER),
            BlobListOption.currentDirectory(),
            BlobListOption.fields(FIELDS)
        };
        for (Blob object : storage.list(bucket, options).iterateAll()) {
            if (objects.size() == MAX_OBJECTS) {
                throw new AssistantStoreException(
                        "%s has more than %d objects".formatted(location(), MAX_OBJECTS));
            }
            if (!object.isDirectory() && !documentName(object).isEmpty()) {
                objects.add(object);
            }
        }
        return objects;
    }

    /// Empty if the object vanished or was replaced in the meantime.
    private Optional<StoredConfig> document(Blob object) {
        String name = documentName(object);
        StoredConfig known = downloaded.get(name);
        if (known != null && known.generation().equals(generation(object))) {
            return Optional.of(known);
        }
        @Nullable StoredConfig document = download(name, object);
        if (document != null) {
            downloaded.put(name, document);
        }
        return Optional.ofNullable(document);
    }

    private @Nullable StoredConfig download(String name, Blob object) {
        String generation = generation(object);
        if (object.getSize() > ConfigText.MAX_BYTES) {
            // Refused by its size alone; the text of the message is the decoder's.
            return ConfigText.stored(name, generation, new byte[ConfigText.MAX_BYTES + 1]);
        }
        if (object.getContentEncoding() != null && !object.getContentEncoding().isEmpty()) {
            return new StoredConfig.Unreadable(
                    name, generation, "has a Content-Encoding; store it as plain JSON");
        }
        try {
            BlobId version = BlobId.of(bucket, object.getName(), object.getGeneration());
            return ConfigText.stored(name, generation, storage.readAllBytes(version));
        } catch (StorageException e) {
            if (GcsFailures.isNotFound(e)) {
                return null;
            }
            throw e;
        }
    }

    private BlobId blobId(AssistantId id) {
        return BlobId.of(bucket, FOLDER + id.value());
    }

    private static String documentName(Blob object) {
        return object.getName().substring(FOLDER.length());
    }

    private static String generation(Blob object) {
        return Long.toString(object.getGeneration());
    }
}
