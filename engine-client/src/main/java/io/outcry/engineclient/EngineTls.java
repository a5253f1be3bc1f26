package io.outcry.engineclient;

import java.nio.file.Path;

/**
 * Files for mutual TLS with the engine, all in PEM. They are read for each connection, so one that
 * is renewed in place is used from the next connection on.
 *
 * @param authority certificates, of whom one must have signed the engine's, which must also hold
 *     for the host of the target
 * @param certificate what this client shows, with the chain below the engine's authority if any
 * @param key its private key, PKCS#8 without a password
 */
public record EngineTls(Path authority, Path certificate, Path key) {}
