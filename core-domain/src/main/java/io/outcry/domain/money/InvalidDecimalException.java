package io.outcry.domain.money;

/**
 * Text that is not an exact decimal of the wanted scale. The message continues the name of the
 * field.
 */
public final class InvalidDecimalException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Kinds of wrong text. */
    public enum Reason {
        /** It is no plain decimal number. */
        NOT_A_NUMBER,
        /** It has digits beyond the scale. */
        TOO_PRECISE,
        /** It does not fit 64 bits. */
        OVERFLOW
    }

    private final Reason reason;

    InvalidDecimalException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong with the text. */
    public Reason reason() {
        return reason;
    }
}
