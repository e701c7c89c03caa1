package org.impsiwf.ssp.codec;

/** A type whose values are one piece of text. */
interface Scalar {

    /** Where the text stands: SSP attributes say Yes and No, the embedded CSP elements T and F. */
    enum Place {
        ATTRIBUTE,
        ELEMENT
    }

    /**
     * @param text trimmed
     * @throws IllegalArgumentException or {@link java.time.DateTimeException} if the text is no such value
     */
    Object read(String text);

    String write(Object value, Place place, Dialect dialect);
}
