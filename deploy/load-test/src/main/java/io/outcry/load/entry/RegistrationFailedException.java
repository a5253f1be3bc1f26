package io.outcry.load.entry;

import java.io.IOException;

/** The venue answered a registration, and not as one that succeeded. */
public final class RegistrationFailedException extends IOException {
    private static final long serialVersionUID = 1;

    RegistrationFailedException(String message) {
        super(message);
    }
}
