package io.outcry.api.config;

import java.util.List;

/** The environment is wrong; the message lists everything that is. */
public final class InvalidSettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> errors) {
        super(String.join(System.lineSeparator(), errors));
    }
}
