package io.outcry.standalone.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the engine and the API come from. */
public interface ProgramSource {
    /** What is missing, each with what to do about it. */
    List<String> problems();

    /**
     * The programs, ready to be run.
     *
     * @param cache a directory in which they may be kept
     * @param listener is told if they were unpacked
     */
    Programs programs(Path cache, UnpackListener listener) throws IOException;
}
