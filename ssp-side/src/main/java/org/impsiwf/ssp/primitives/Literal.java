package org.impsiwf.ssp.primitives;

/** An enumeration whose constants are spelt differently on the wire. */
public interface Literal {

    /** The value as the document prints it. */
    String literal();
}
