package io.outcry.standalone.server;

import java.nio.file.Path;

/**
 * What a venue runs of ours.
 *
 * @param engine the engine's binary
 * @param api the API's jar, with its libraries beside it
 */
public record Programs(Path engine, Path api) {}
