package org.assistantservice.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The classes of one version of a pack, above the [SharedClasses]. Class loaders separate
/// versions, not trust. Closing it closes its JARs. Thread-safe and parallel capable.
final class PackClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    PackClassLoader(PackCopy copy, SharedClasses shared) {
        super("pack-" + copy.pack() + "-" + copy.shortDigest(), urls(copy), shared);
    }

    @Override
    public @Nullable URL findResource(String name) {
        URL found = super.findResource(name);
        return found == null ? null : UncachedJars.uncached(found);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found =
                Collections.list(super.findResources(name)).stream()
                        .map(UncachedJars::uncached)
                        .toList();
        return Collections.enumeration(found);
    }

    private static URL[] urls(PackCopy copy) {
        return copy.jars().stream().map(jar -> url(jar.path().toUri())).toArray(URL[]::new);
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("A file's URI is always a URL: " + uri, e);
        }
    }

    /// Reads a pack's resources past the JDK's cache of open JARs: what is in there stays open
    /// after the class loader is closed, and closing it for one class loader would close it for
    /// another.
    private static final class UncachedJars extends URLStreamHandler {
        private final URL cached;

        private UncachedJars(URL cached) {
            this.cached = cached;
        }

        static URL uncached(URL cached) {
            try {
                return URL.of(URI.create(cached.toExternalForm()), new UncachedJars(cached));
            } catch (MalformedURLException e) {
                throw new IllegalStateException("A resource's URL is always valid: " + cached, e);
            }
        }

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            String wanted = url.toExternalForm();
            URL target =
                    wanted.equals(cached.toExternalForm()) ? cached : URI.create(wanted).toURL();
            URLConnection connection = target.openConnection();
            connection.setUseCaches(false);
            return connection;
        }
    }
}
