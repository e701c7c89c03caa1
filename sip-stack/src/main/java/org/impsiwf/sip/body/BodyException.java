package org.impsiwf.sip.body;

import java.util.List;
import org.impsiwf.sip.header.Header;

/** A body that we refuse, with the answer that its request deserves. */
public final class BodyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Header> headers;

    private BodyException(int status, String message, List<Header> headers) {
        super(message);
        this.status = status;
        this.headers = headers;
    }

    static BodyException malformed(String message) {
        return new BodyException(400, message, List.of());
    }

    static BodyException tooLarge(String message) {
        return new BodyException(413, message, List.of());
    }

    /** RFC 3261 §21.4.13: the answer says which encodings would do. */
    static BodyException unknownEncoding(String coding) {
        return new BodyException(
                415, "content encoding " + coding, List.of(new Header("Accept-Encoding", ContentEncoding.ACCEPTED)));
    }

    /** RFC 5621 §8: a body that must be understood and is not; the answer's Accept is for whoever knows what it takes. */
    static BodyException unsupportedType(String contentType) {
        return new BodyException(415, "body of type " + contentType, List.of());
    }

    /** 400, 413 or 415. */
    public int status() {
        return status;
    }

    /** Headers that the answer carries because of the refusal. */
    public List<Header> headers() {
        return headers == null ? List.of() : headers;
    }
}
