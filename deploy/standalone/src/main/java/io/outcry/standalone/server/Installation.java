package io.outcry.standalone.server;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The engine and the API as they are run from one data directory, put there when they are first
 * asked for. Thread-safe.
 */
public final class Installation {
    private final ProgramSource source;
    private final Path cache;
    private final UnpackListener listener;

    private @Nullable Programs programs;
    private @Nullable ClassArchive archive;

    public Installation(ProgramSource source, Path cache, UnpackListener listener) {
        this.source = source;
        this.cache = cache;
        this.listener = listener;
    }

    synchronized Programs programs() throws IOException {
        if (programs == null) {
            programs = source.programs(cache, listener);
        }
        return programs;
    }

    /** The engine's binary. */
    public Path engine() throws IOException {
        return programs().engine();
    }

    /** The archive of the API's classes, whether there is one or not. */
    public synchronized ClassArchive archive() throws IOException {
        if (archive == null) {
            archive = ClassArchive.of(cache, programs().api());
        }
        return archive;
    }
}
