package org.impsiwf.ssp.codec;

/** A rule broken somewhere below; collects its path on the way up. Never leaves this package. */
final class Refusal extends RuntimeException {

    static final int SYNTAX_ERROR = 400;
    static final int BAD_PARAMETER = 402;
    static final int NOT_IMPLEMENTED = 501;

    private static final long serialVersionUID = 1L;

    private final int statusCode;
    private String path;

    /** @param path below the element that is being read: {@code @code}, {@code MetaInfo/@clientOriginated}, or empty */
    Refusal(String path, String problem, int statusCode) {
        super(problem, null, false, false);
        this.path = path.isEmpty() ? "" : "/" + path;
        this.statusCode = statusCode;
    }

    Refusal within(String element) {
        path = "/" + element + path;
        return this;
    }

    DecodeException asDecodeException() {
        return new DecodeException(path, getMessage(), statusCode);
    }
}
