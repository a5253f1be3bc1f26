package io.outcry.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a venue that was never started from one whose journal is gone. Both have an empty volume,
 * but a database that knows of events has seen a journal.
 */
final class JournalGuard {
    private JournalGuard() {}

    /** Why no journal may be begun in the directory; empty when one may, or is there. */
    static Optional<String> problem(Path directory, ProjectionDatabase database)
            throws IOException, SQLException, InterruptedException {
        if (holdsJournal(directory)) {
            return Optional.empty();
        }
        long position = database.position();
        if (position == 0) {
            return Optional.empty();
        }
        return Optional.of(
                directory
                        + " holds no journal, but the database holds the events up to "
                        + position
                        + ": the journal was lost. Restore it from a backup; to begin anew, remove the"
                        + " database, too.");
    }

    private static boolean holdsJournal(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("journal-"));
        }
    }
}
