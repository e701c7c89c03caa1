package org.impsiwf.store.codec;

/** Saved bytes that are no such record; the message has the path of the component, never its value. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message);
    }

    UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same complaint, seen from one level further out. */
    UnreadableRecordException within(String step) {
        String message = getMessage();
        String joint = message.startsWith("[") ? "" : message.startsWith(":") ? "" : ".";
        return new UnreadableRecordException(step + joint + message, getCause());
    }
}
