package io.outcry.domain.money;

/**
 * Text that is not an exact decimal of the wanted scale. The message continues the name of the
 * field.
 */
public final class InvalidDecimalException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the text. */
    public enum Reason {
        NOT_A_NUMBER,
        TOO_PRECISE,
        OVERFLOW
    }

    private final Reason reason;

    InvalidDecimalException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    InvalidDecimalException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
