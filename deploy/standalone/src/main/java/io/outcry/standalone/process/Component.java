package io.outcry.standalone.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One process of the venue.
 *
 * @param name as shown to people and in file names: {@code postgres}, {@code api-0}
 * @param address where it listens, shown to people
 * @param log receives the process's output
 * @param readyWithin a start that takes longer has failed
 * @param stopSignal asks for an orderly end
 * @param stopWithin an orderly end that takes longer is cut short with SIGKILL
 */
public record Component(
        String name,
        String address,
        LaunchSource source,
        Probe probe,
        Path log,
        Duration readyWithin,
        Signal stopSignal,
        Duration stopWithin) {}
