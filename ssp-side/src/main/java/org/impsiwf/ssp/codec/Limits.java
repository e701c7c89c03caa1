package org.impsiwf.ssp.codec;

/**
 * What one message may cost us.
 *
 * @param bytes size of the document
 * @param depth nested elements
 * @param elements in the whole document
 * @param attributes of one element
 * @param textLength characters of one text
 * @param tagBytes size of one start tag with its attributes
 * @param foreignNames names of elements and attributes that SSP does not have
 */
public record Limits(
        int bytes, int depth, int elements, int attributes, int textLength, int tagBytes, int foreignNames) {

    /** A 100 KB message as base64 fits many times over; so does a group of ten thousand members. */
    public static final Limits DEFAULT = new Limits(4 << 20, 32, 100_000, 32, 3 << 20, 16 << 10, 1_000);
}
