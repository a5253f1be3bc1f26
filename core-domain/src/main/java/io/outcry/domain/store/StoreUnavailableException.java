package io.outcry.domain.store;

/**
 * The store cannot be reached, or does not answer in time. Whether a change that was on its way was
 * made is not known.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
