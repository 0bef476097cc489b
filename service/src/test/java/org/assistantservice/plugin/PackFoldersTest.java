package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackFoldersTest {
    private static final int MAX_JARS = 3;

    @TempDir Path packs;

    @Test
    void aPackIsAFolderWithJarsInItOrInItsLib() throws Exception {
        write("weather/weather.jar");
        write("weather/lib/csv.JAR");
        write("support/lib/support.jar");

        assertThat(find().find())
                .extracting(it -> it.name() + it.jars().stream().map(PackFolder.Jar::name).toList())
                .containsExactly("support[lib/support.jar]", "weather[lib/csv.JAR, weather.jar]");
    }

    @Test
    void whatIsHiddenUnfinishedOrBuildOutputDoesNotCount() throws Exception {
        write("unbuilt/pom.xml");
        write("unbuilt/target/unbuilt.jar");
        write("unbuilt/lib/deeper/deep.jar");
        write("unbuilt/.hidden.jar");
        write("unbuilt/.x.jar.tmp");
        write("unbuilt/x.jar.tmp");
        write("target/classes.jar");
        write(".git/objects.jar");
        write("lonely.jar");
        Files.createDirectories(packs.resolve("unbuilt/folder.jar"));
        Files.createSymbolicLink(packs.resolve("unbuilt/dangling.jar"), Path.of("nowhere.jar"));

        assertThat(find().find()).isEmpty();
    }

    @Test
    void aFolderWhoseNameIsNoPackNameIsReported() throws Exception {
        write("my pack/a.jar");

        assertThat(find().find().getFirst().problems())
                .containsExactly(
                        "A pack's name has 1 to 64 characters of A-Z, a-z, 0-9, '_', '.' and '-' and"
                                + " starts with a letter or digit, but the folder is named 'my"
                                + " pack': rename it.");
    }

    @Test
    void aJarWhoseNameClassPathsMisreadIsReported() throws Exception {
        write("weather/a!b\n.jar");

        assertThat(find().find().getFirst().problems())
                .containsExactly(
                        "The JAR name 'a!b?.jar' has a character that class paths misread (control"
                                + " characters and \\ : ; ! % # ? * \" < > |): rename it.");
    }

    @Test
    void aPackWithTooManyJarsIsReported() throws Exception {
        for (int i = 0; i <= MAX_JARS; i++) {
            write("weather/%d.jar".formatted(i));
        }

        assertThat(find().find().getFirst().problems())
                .containsExactly(
                        "Pack 'weather' has 4 JARs, more than the 3 that"
                                + " assistant-service.packs.jars.max-per-pack allows. Remove some,"
                                + " or raise that setting.");
    }

    @Test
    void aReplacedJarMakesTheFolderDifferent() throws Exception {
        write("weather/weather.jar");
        PackFolder before = find().find().getFirst();

        Files.delete(packs.resolve("weather/weather.jar"));
        write("weather/weather.jar");

        assertThat(find().find().getFirst()).isNotEqualTo(before);
    }

    @Test
    void anUntouchedFolderIsEqualToItself() throws Exception {
        write("weather/weather.jar");

        assertThat(find().find()).isEqualTo(find().find());
    }

    @Test
    void aMissingDirectoryIsToldApart() {
        var missing = new PackFolders(packs.resolve("missing"), MAX_JARS);

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(missing::find);
    }

    private PackFolders find() {
        return new PackFolders(packs, MAX_JARS);
    }

    private void write(String path) throws IOException {
        Path file = packs.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
    }
}
