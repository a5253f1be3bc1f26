package io.outcry.api.auth;

import java.time.Duration;

/** How long a session lasts without being renewed, and at the most. */
public record SessionLifetimes(Duration idle, Duration most) {}
