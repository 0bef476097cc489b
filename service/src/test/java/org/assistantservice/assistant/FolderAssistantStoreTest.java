package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assistantservice.assistant.AssistantStore.Precondition.Absent;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAssistantStoreTest extends AssistantStoreContract {
    private static final AssistantId ID = new AssistantId("asst_one");

    @TempDir Path directory;

    @Override
    protected AssistantStore store() {
        return new FolderAssistantStore(configs());
    }

    @Override
    protected void place(String name, byte[] content) {
        try {
            Files.createDirectories(configs());
            Files.write(configs().resolve(name + ".json"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aWriteLeavesTheFileAndNoTemporaryOne() throws IOException {
        store().write(ID, "{}", new Absent());

        try (Stream<Path> files = Files.list(configs())) {
            assertThat(files.map(it -> configs().relativize(it).toString()))
                    .containsExactlyInAnyOrder("asst_one.json", ".lock");
        }
    }

    @Test
    void whatACrashLeftIsNoConfigurationAndIsReplaced() throws IOException {
        Files.createDirectories(configs());
        Files.writeString(configs().resolve(".asst_one.json.tmp"), "{\"half\":");

        assertThat(store().list()).isEmpty();
        store().write(ID, "{}", new Absent());

        assertThat(configs().resolve(".asst_one.json.tmp")).doesNotExist();
        assertThat(configs().resolve("asst_one.json")).hasContent("{}");
    }

    @Test
    void otherFilesAreNotLookedAt() throws IOException {
        Files.createDirectories(configs());
        Files.writeString(configs().resolve("README.md"), "# Configs");

        assertThat(store().list()).isEmpty();
    }

    @Test
    void aFolderInPlaceOfAFileIsReported() throws IOException {
        Files.createDirectories(configs().resolve("x.json"));

        assertThat(store().list())
                .containsExactly(new StoredConfig.Unreadable("x", "", "is a folder, not a file"));
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowedButOneWithinItIs() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.json"), "{\"s\": 1}");
        Files.createDirectories(configs());
        Path data = Files.createDirectory(configs().resolve("..data"));
        Files.writeString(data.resolve("a.json"), "{}");
        Files.createSymbolicLink(configs().resolve("a.json"), data.resolve("a.json"));
        Files.createSymbolicLink(configs().resolve("b.json"), secret);

        assertThat(store().list())
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .isInstanceOfSatisfying(
                                                StoredConfig.Content.class,
                                                it -> assertThat(it.json()).isEqualTo("{}")),
                        second ->
                                assertThat(second)
                                        .isEqualTo(
                                                new StoredConfig.Unreadable(
                                                        "b",
                                                        "",
                                                        "is a link to a place outside "
                                                                + configs())));
    }

    @Test
    void aFileInPlaceOfTheFolderIsAClearError() throws IOException {
        Files.writeString(configs(), "not a folder");

        assertThatThrownBy(() -> store().list())
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage(configs() + " is not a folder");
        assertThatThrownBy(() -> store().write(ID, "{}", new Absent()))
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage(
                        "asst_one cannot be written in %s: FileAlreadyExistsException", configs());
    }

    @Test
    void tooManyFilesAreRefusedInsteadOfRead() throws IOException {
        Files.createDirectories(configs());
        for (int i = 0; i <= 1_000; i++) {
            Files.createFile(configs().resolve(i + ".json"));
        }

        assertThatThrownBy(() -> store().list())
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage(configs() + " has more than 1000 entries");
    }

    private Path configs() {
        return directory.resolve("configs");
    }
}
