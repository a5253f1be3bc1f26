/**
 * A client of the matching engine over gRPC: {@link io.outcry.engineclient.EngineClient} sends
 * commands, {@link io.outcry.engineclient.EngineFeed} delivers events. What is on the wire stays
 * inside this package.
 */
@NullMarked
package io.outcry.engineclient;

import org.jspecify.annotations.NullMarked;
