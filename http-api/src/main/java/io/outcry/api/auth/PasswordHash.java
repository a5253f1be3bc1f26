package io.outcry.api.auth;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a password: an Argon2id hash with all that it takes to make it again, as a PHC
 * string ({@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}, in Base64 without padding).
 *
 * @param memoryKib from 8 to 65,536
 * @param passes from 1 to 64
 * @param lanes from 1 to 8
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
    /** Argon2's version 1.3, by which it is known since 2016: RFC 9106 has no other. */
    private static final int VERSION = 19;

    private static final int MOST_MEMORY_KIB = 65_536;
    private static final int MOST_PASSES = 64;
    private static final int MOST_LANES = 8;
    private static final int LEAST_MEMORY_PER_LANE_KIB = 8;

    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v="
                            + VERSION
                            + "\\$m=(\\d{1,6}),t=(\\d{1,3}),p=(\\d{1,3})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

    PasswordHash {
        if (lanes < 1
                || lanes > MOST_LANES
                || passes < 1
                || passes > MOST_PASSES
                || memoryKib < LEAST_MEMORY_PER_LANE_KIB * lanes
                || memoryKib > MOST_MEMORY_KIB) {
            throw new IllegalArgumentException("Argon2 has no such parameters here");
        }
    }

    /**
     * Reads what {@link #phc} wrote, or another program.
     *
     * @throws IllegalArgumentException when it is of another kind; the message does not repeat it
     */
    static PasswordHash parse(String phc) {
        Matcher fields = PHC.matcher(phc);
        if (!fields.matches()) {
            throw new IllegalArgumentException("a password's hash is not a PHC string of argon2id");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new PasswordHash(
                Integer.parseInt(fields.group(1)),
                Integer.parseInt(fields.group(2)),
                Integer.parseInt(fields.group(3)),
                base64.decode(fields.group(4)),
                base64.decode(fields.group(5)));
    }

    String phc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v="
                + VERSION
                + "$m="
                + memoryKib
                + ",t="
                + passes
                + ",p="
                + lanes
                + "$"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hash);
    }

    /** Nothing of it may come into a log. */
    @Override
    public String toString() {
        return "a password's hash";
    }
}
