package io.outcry.api.auth;

import io.outcry.api.json.Field;
import io.outcry.api.json.FlatObject;

/** What a password must be like to be set. No state. */
final class NewPassword {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;

    private NewPassword() {}

    /** What the body has; of a fault the body tells when it is asked. */
    static String read(FlatObject body, Field field) {
        String password = body.requiredString(field);
        if (body.has(field) && (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH)) {
            body.reject(field, "must have 8 to 128 characters");
        }
        return password;
    }
}
