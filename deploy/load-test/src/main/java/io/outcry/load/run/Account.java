package io.outcry.load.run;

import org.jspecify.annotations.Nullable;

/** A registered user of the venue. */
public record Account(
        int client,
        String username,
        @Nullable String userId,
        @Nullable String accountId,
        String token) {}
