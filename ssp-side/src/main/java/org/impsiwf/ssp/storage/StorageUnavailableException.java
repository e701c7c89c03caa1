package org.impsiwf.ssp.storage;

/**
 * The database cannot be reached, or is too busy to be waited for; a request that needs it is answered with Status 503.
 * Nothing that it should have saved may be taken for saved.
 */
public final class StorageUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
