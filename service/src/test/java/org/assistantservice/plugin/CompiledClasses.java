package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Classes compiled while a test runs: for what the build's own compiler settings do not allow.
final class CompiledClasses {
    private final List<String> options;
    private final List<JavaFileObject> sources = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    private CompiledClasses(List<String> options) {
        this.options = options;
    }

    static CompiledClasses with() {
        return new CompiledClasses(List.of("-parameters", "-proc:none"));
    }

    static CompiledClasses without(String option) {
        return new CompiledClasses(
                List.of("-parameters", "-proc:none").stream()
                        .filter(it -> !it.equals(option))
                        .toList());
    }

    CompiledClasses add(String name, String source) {
        sources.add(new Source(name, source));
        return this;
    }

    /// Leaves the class out of the loader, as if its JAR were missing.
    CompiledClasses remove(String name) {
        removed.add(name);
        return this;
    }

    Class<?> load(String name) throws ClassNotFoundException {
        return loader().loadClass(name);
    }

    ClassLoader loader() {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileManager files =
                new InMemory(compiler.getStandardFileManager(null, null, null), classes);
        boolean compiled = compiler.getTask(null, files, null, options, null, sources).call();
        assertThat(compiled).isTrue();
        removed.forEach(classes::remove);
        return new Loader(classes);
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> classes;

        Loader(Map<String, ByteArrayOutputStream> classes) {
            super(CompiledClasses.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location,
                String name,
                JavaFileObject.Kind kind,
                @Nullable FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
