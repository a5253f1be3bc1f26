package io.outcry.api.auth;

import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import org.jspecify.annotations.Nullable;

/** What shows that it is the user: the password, and a code for who has a second factor. */
record Proof(String password, @Nullable String code) {
    private static final int MAX_PASSWORD = 128;

    /** Where a body has it. */
    static final class Members {
        private final Field password;
        private final Field code;

        /** Adds them. */
        Members(Fields fields) {
            password = fields.add("password");
            code = fields.add("code");
        }

        /** What the body has; of a fault the body tells when it is asked. */
        Proof read(FlatObject body) {
            Proof proof = new Proof(body.requiredString(password), body.string(code));
            if (proof.password().length() > MAX_PASSWORD) {
                body.reject(password, "must have at most 128 characters");
            }
            return proof;
        }
    }

    @Override
    public String toString() {
        return "Proof";
    }
}
