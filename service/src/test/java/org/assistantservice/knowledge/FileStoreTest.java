package org.assistantservice.knowledge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final FileFolder FOLDER = new FileFolder(TenantId.DEFAULT, "thread_A");
    private static final FileFolder OTHER = new FileFolder(TenantId.DEFAULT, "thread_B");

    @TempDir private Path directory;
    private final InMemoryRecords records = new InMemoryRecords();

    @Test
    void aFileIsKeptWithWhatIsKnownOfIt() {
        FileStore files = store();
        RunId run = RunId.random();

        StoredFile kept =
                files.save(
                        FOLDER,
                        new NewFile("../a b.PNG", "Image/PNG; q=1", bytes("12345"), "anna", run));

        assertThat(kept)
                .isEqualTo(
                        new StoredFile(kept.id(), "../a b.PNG", "image/png", 5, "anna", run, NOW));
        assertThat(files.find(FOLDER, kept.id())).contains(kept);
        assertThat(files.content(FOLDER, kept.id()).orElseThrow()).hasContent("12345");
        assertThat(files.find(OTHER, kept.id())).isEmpty();
        assertThat(files.content(OTHER, kept.id())).isEmpty();
        assertThat(onDisk()).containsExactly("default/thread_A/" + kept.id());
    }

    @Test
    void theSameKeyAgainIsTheSameFile() throws IOException {
        FileStore files = store();
        StoredFile first = files.save(FOLDER, file("1"), "run_A/step_1/0/0");
        files.save(FOLDER, file("2"), "run_A/step_1/0/1");
        Files.writeString(directory.resolve("files/default/thread_A/" + first.id() + ".part"), "");

        StoredFile again = files.save(FOLDER, file("333"), "run_A/step_1/0/0");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(files.list(FOLDER)).hasSize(2).contains(again);
        assertThat(files.content(FOLDER, first.id()).orElseThrow()).hasContent("333");
        assertThat(files.save(OTHER, file("1"), "run_A/step_1/0/0").id()).isNotEqualTo(first.id());
    }

    @Test
    void aDeletedFileIsGoneFromTheDisk() {
        FileStore files = store();
        StoredFile first = files.save(FOLDER, file("1"));
        StoredFile second = files.save(FOLDER, file("2"));

        assertThat(files.delete(FOLDER, first.id())).isTrue();
        assertThat(files.delete(FOLDER, first.id())).isFalse();

        assertThat(files.list(FOLDER)).containsExactly(second);
        assertThat(onDisk()).containsExactly("default/thread_A/" + second.id());
    }

    @Test
    void aDeletedFolderLeavesNothing() {
        FileStore files = store();
        files.save(FOLDER, file("1"));
        StoredFile other = files.save(OTHER, file("2"));

        files.deleteAll(FOLDER);
        files.deleteAll(FOLDER);

        assertThat(files.list(FOLDER)).isEmpty();
        assertThat(files.list(OTHER)).containsExactly(other);
        assertThat(onDisk()).containsExactly("default/thread_B/" + other.id());
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        FileStore files = store();

        assertThatThrownBy(() -> files.save(FOLDER, file("12345678901")))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("a file may have 10 bytes but has 11");
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void aFolderHoldsSoManyFiles() {
        FileStore files = store();
        List<StoredFile> kept =
                List.of(
                        files.save(FOLDER, file("1")),
                        files.save(FOLDER, file("2")),
                        files.save(FOLDER, file("3")));

        assertThatThrownBy(() -> files.save(FOLDER, file("4")))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("at most 3 files may be kept here");
        assertThat(files.list(FOLDER)).isEqualTo(kept);
        assertThat(onDisk()).hasSize(3);
        assertThat(files.save(OTHER, file("4")).bytes()).isEqualTo(1);
    }

    @Test
    void aFolderHoldsSoManyBytes() {
        FileStore files = store();
        StoredFile first = files.save(FOLDER, file("1234567890"));
        StoredFile second = files.save(FOLDER, file("1234567890"));

        assertThatThrownBy(() -> files.save(FOLDER, file("1")))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("the files kept here may have 20 bytes together");
        assertThat(files.list(FOLDER)).containsExactly(first, second);
        assertThat(onDisk()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\0b"})
    void aNameMustBeReadable(String name) {
        assertThatThrownBy(() -> new NewFile(name, "text/csv", bytes("1"), "anna", null))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("the name of a file must have 1 to 255 printable characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "png", "image/", "image/png\r\nX: y", "a/b/c"})
    void aTypeMustBeOne(String type) {
        assertThatThrownBy(() -> new NewFile("a", type, bytes("1"), "anna", null))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage("the type of a file must be like image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a.b", "ä"})
    void aFolderIsSafeInAPath(String name) {
        assertThatThrownBy(() -> new FileFolder(TenantId.DEFAULT, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A folder's name must be safe in a path");
    }

    @Test
    void nothingIsKnownOfAFileThatCouldNotBeWritten() throws IOException {
        Files.writeString(directory.resolve("files"), "in the way");
        FileStore files = store();

        assertThatThrownBy(() -> files.save(FOLDER, file("1")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write ");
        assertThat(files.list(FOLDER)).isEmpty();
    }

    @Test
    void aSweepDeletesOldBytesThatNobodyKnows() throws IOException {
        FileStore files = store();
        StoredFile kept = files.save(FOLDER, file("1"));
        Path folder = directory.resolve("files/default/thread_A");
        aged(Files.writeString(folder.resolve("file-unknown"), "x"));
        aged(Files.writeString(folder.resolve(FileId.random() + ".part"), "x"));
        Path young = Files.writeString(folder.resolve("file-young"), "x");
        Files.setLastModifiedTime(young, FileTime.from(NOW.plusSeconds(1)));
        Files.writeString(directory.resolve("files/stray"), "x");

        files.sweep(NOW, (_, _) -> true);

        assertThat(onDisk())
                .containsExactlyInAnyOrder(
                        "default/thread_A/" + kept.id(), "default/thread_A/file-young", "stray");
    }

    @Test
    void aSweepDeletesOldFoldersThatNobodyWants() {
        FileStore files = store();
        files.save(FOLDER, file("1"));
        StoredFile wanted = files.save(OTHER, file("2"));

        files.sweep(NOW, (_, _) -> false);
        assertThat(onDisk()).hasSize(2);
        files.sweep(NOW.plusSeconds(1), (folder, _) -> folder.equals(OTHER));

        assertThat(files.list(FOLDER)).isEmpty();
        assertThat(onDisk()).containsExactly("default/thread_B/" + wanted.id());
    }

    private FileStore store() {
        return new FileStore(
                records, new FileSettings(directory.resolve("files"), 10, 3, 20), () -> NOW);
    }

    private static void aged(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(60)));
    }

    private List<String> onDisk() {
        Path root = directory.resolve("files");
        if (Files.notExists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(it -> root.relativize(it).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NewFile file(String content) {
        return new NewFile("a.txt", "text/plain", bytes(content), "anna", null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
