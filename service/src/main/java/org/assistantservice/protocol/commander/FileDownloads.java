package org.assistantservice.protocol.commander;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assistantservice.fetch.FetchRequest;
import org.assistantservice.fetch.FetchResult;
import org.assistantservice.fetch.FetchRules;
import org.assistantservice.fetch.SafeFetch;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileRefusedException;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.knowledge.NewFile;
import org.assistantservice.knowledge.StoredFile;
import org.assistantservice.protocol.commander.User.UserFile;
import org.assistantservice.server.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings files from the addresses that a client names into a folder. A file is whole in memory
/// while it is fetched, so that few are at once, whoever asks. Blocks; thread-safe.
@Singleton
final class FileDownloads {
    private static final Logger LOG = LoggerFactory.getLogger(FileDownloads.class);

    /// In the whole process.
    private static final int AT_ONCE = 4;

    /// How many times the time of one fetch a file waits for its turn.
    private static final int PATIENCE = 3;

    private static final int MAX_NAME = 255;
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final FileStore files;
    private final SafeFetch fetch;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Duration patience;

    @Inject
    FileDownloads(FileStore files, CommanderSettings settings) {
        this(files, settings, settings.fetchTimeLimit().multipliedBy(PATIENCE));
    }

    /// @param patience how long a file waits for its turn
    FileDownloads(FileStore files, CommanderSettings settings, Duration patience) {
        this.files = files;
        this.patience = patience;
        this.fetch =
                SafeFetch.by(
                        FetchRules.DEFAULT
                                .withAllowed(settings.fetchAllowed())
                                .withMaxBytes(settings.maxFileBytes())
                                .withTimeLimit(settings.fetchTimeLimit()));
    }

    @PreDestroy
    void close() {
        fetch.close();
    }

    /// One file for each address, in the same order. If one cannot be had, others may have been
    /// kept: whoever asks deletes the folder then.
    ///
    /// @param owner name of the principal they are kept for
    /// @throws org.assistantservice.server.ProblemException 400 names the address, 503 says that
    ///   too many others are fetching files
    List<UserFile> into(FileFolder folder, String owner, List<String> urls)
            throws InterruptedException {
        AtomicBoolean broken = new AtomicBoolean();
        List<Callable<UserFile>> tasks =
                urls.stream()
                        .map(url -> (Callable<UserFile>) () -> next(broken, folder, owner, url))
                        .toList();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<UserFile>> done = threads.invokeAll(tasks);
            for (Future<UserFile> one : done) {
                refuseIfBroken(one);
            }
            return done.stream().map(Future::resultNow).toList();
        }
    }

    /// After a failure nothing more is fetched.
    private UserFile next(AtomicBoolean broken, FileFolder folder, String owner, String url)
            throws InterruptedException {
        if (broken.get()) {
            throw new CancellationException();
        }
        boolean isFine = false;
        try {
            UserFile file = inTurn(folder, owner, url);
            isFine = true;
            return file;
        } finally {
            if (!isFine) {
                broken.set(true);
            }
        }
    }

    private static void refuseIfBroken(Future<UserFile> one) {
        if (one.state() == Future.State.FAILED
                && !(one.exceptionNow() instanceof CancellationException)) {
            throw one.exceptionNow() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("A download broke", one.exceptionNow());
        }
    }

    private UserFile inTurn(FileFolder folder, String owner, String url)
            throws InterruptedException {
        if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Problem.overloaded().toException();
        }
        try {
            return download(folder, owner, url);
        } finally {
            turns.release();
        }
    }

    private UserFile download(FileFolder folder, String owner, String url)
            throws InterruptedException {
        try {
            return switch (fetch.fetch(FetchRequest.anything(url))) {
                case FetchResult.Fetched fetched -> {
                    String type = fetched.type().isEmpty() ? UNKNOWN_TYPE : fetched.type();
                    String name = name(url);
                    StoredFile kept =
                            files.save(
                                    folder, new NewFile(name, type, fetched.body(), owner, null));
                    yield new UserFile(kept.id(), name);
                }
                case FetchResult.Failure failure -> throw unreadable(url, failure.message());
            };
        } catch (FileRefusedException e) {
            throw unreadable(url, String.valueOf(e.getMessage()));
        }
    }

    /// Clients are told the address alone, whatever was wrong with it.
    private static RuntimeException unreadable(String url, String reason) {
        LOG.info("A file cannot be read: {}", reason);
        return Refusals.badRequest("Unable to read file from url: " + url);
    }

    /// The last part of the path. The address was fetched, so it has the form of one.
    private static String name(String url) {
        String path = url.strip().split("[?#]", -1)[0].replaceFirst("^[A-Za-z]+://[^/]*", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        String name = last.isBlank() ? "file" : last;
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }
}
