package io.outcry.standalone.server;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The API's program and how its replicas start.
 *
 * @param jar with its libraries beside it
 * @param warmUp the longest that a replica tries orders on itself before it is ready
 * @param archived whether replicas start from an archive of classes, which is made first when there
 *     is none of this build
 */
public record ApiProgram(Path jar, Duration warmUp, boolean archived) {}
