package org.impsiwf.ssp.primitives;

/** The elements of a primitive contradict each other, or an element has a value that it cannot have. */
public final class InvalidPrimitiveException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String element;
    private final int statusCode;

    public InvalidPrimitiveException(String element, String problem, int statusCode) {
        super(element + " " + problem);
        this.element = element;
        this.statusCode = statusCode;
    }

    /** The information element, as the document spells it. */
    public String element() {
        return element;
    }

    /** What a request with this mistake is answered with. */
    public int statusCode() {
        return statusCode;
    }
}
