package org.assistantservice.scripts.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/// The files of a new assistant, and its place in the build.
final class NewAssistant {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int MAX_NAME = 40;

    /// The build's own: ignored by Git, and deleted by cleaning.
    private static final String RESERVED = "target";

    private static final Pattern MODULE = Pattern.compile("(?m)^ *<module>assistants/.*\\R");
    private static final String PARENT = "<artifactId>assistant-service-parent</artifactId>";
    private static final Pattern VERSION =
            Pattern.compile(
                    Pattern.quote(PARENT) + "\\s*<version>([^<]+)</version>", Pattern.DOTALL);

    private final Path sources;
    private final String name;
    private final String packageName;
    private final String className;

    /// @param sources the folder with the parent `pom.xml`
    /// @throws RefusedException if the name is of no use
    NewAssistant(Path sources, String name) throws RefusedException {
        if (!NAME.matcher(name).matches() || name.length() > MAX_NAME) {
            throw new RefusedException(
                    ("A name is 1 to %d lower-case letters, digits and single hyphens, and begins"
                                    + " with a letter, e.g. order-desk, but was '%s'")
                            .formatted(MAX_NAME, name));
        }
        if (name.equals(RESERVED)) {
            throw new RefusedException(
                    "A folder named '%s' is for what the build makes; take another name"
                            .formatted(RESERVED));
        }
        this.sources = sources;
        this.name = name;
        this.packageName = packageName(name);
        this.className = className(name);
    }

    String className() {
        return className;
    }

    /// Writes the module and adds it to the build.
    ///
    /// @return the files, relative to the module's folder
    /// @throws RefusedException if these are not the sources, or the folder exists; nothing was
    ///   written
    /// @throws IOException if not all could be written; the folder is gone again
    List<String> write() throws IOException, RefusedException {
        Path pom = sources.resolve("pom.xml");
        String parent = Files.isRegularFile(pom) ? Files.readString(pom) : "";
        Matcher version = VERSION.matcher(parent);
        if (!version.find() || !MODULE.matcher(parent).find()) {
            throw new RefusedException(
                    "%s is not the folder with the sources of Assistant Service"
                            .formatted(sources));
        }
        Path folder = sources.resolve("assistants").resolve(name);
        if (Files.exists(folder)) {
            throw new RefusedException("assistants/%s exists already".formatted(name));
        }
        Map<String, String> files = files(version.group(1));
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            Path changed = sources.resolve("pom.xml.new");
            Files.writeString(changed, withModule(parent));
            Files.move(changed, pom, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
        return List.copyOf(files.keySet());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> made = Files.walk(folder)) {
                for (Path path : made.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private Map<String, String> files(String version) throws IOException {
        String main = "src/main/java/" + packageName.replace('.', '/');
        String test = "src/test/java/" + packageName.replace('.', '/');
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", filled("pom.xml", version));
        files.put("assistant.json", filled("assistant.json", version));
        files.put(main + "/package-info.java", filled("package-info.java", version));
        files.put(main + "/" + className + ".java", filled("Actions.java", version));
        files.put(test + "/package-info.java", filled("test-package-info.java", version));
        files.put(test + "/" + className + "Test.java", filled("ActionsTest.java", version));
        return files;
    }

    private String filled(String template, String version) throws IOException {
        try (InputStream file =
                NewAssistant.class.getResourceAsStream("new-assistant/" + template + ".txt")) {
            if (file == null) {
                throw new IOException("The template %s is missing".formatted(template));
            }
            return new String(file.readAllBytes(), UTF_8)
                    .replace("@name@", name)
                    .replace("@title@", title(name))
                    .replace("@package@", packageName)
                    .replace("@class@", className)
                    .replace("@version@", version);
        }
    }

    private String withModule(String parent) {
        Matcher modules = MODULE.matcher(parent);
        int end = 0;
        String line = "";
        while (modules.find()) {
            end = modules.end();
            line = modules.group();
        }
        String added = line.replaceFirst("assistants/[^<]*", "assistants/" + name);
        return parent.substring(0, end) + added + parent.substring(end);
    }

    private static String packageName(String name) {
        String last = name.replace("-", "");
        return "com.example." + (SourceVersion.isKeyword(last) ? last + "_" : last);
    }

    private static String className(String name) {
        return title(name).replace(" ", "") + "Actions";
    }

    /// `order-desk` is `Order Desk`.
    private static String title(String name) {
        return String.join(
                " ",
                Arrays.stream(name.split("-", -1))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .toList());
    }

    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
