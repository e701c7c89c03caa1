package org.impsiwf.ssp.codec;

/** An element name, ready to be written. */
record Tag(String name, byte[] start, byte[] end) {

    private static final byte[] EMPTY_END = XmlOutput.bytes("/>");

    Tag(String name) {
        this(name, XmlOutput.bytes("<" + name), XmlOutput.bytes("</" + name + ">"));
    }

    /** Writes the start up to its attributes. */
    void open(XmlOutput out) {
        out.raw(start);
    }

    /** Ends the start tag; what comes next is content. Returns the position of the content. */
    static int content(XmlOutput out) {
        out.raw('>');
        return out.position();
    }

    /** Ends the element, in the short form if nothing was written since the content began. */
    void close(XmlOutput out, int content) {
        if (out.position() == content) {
            out.reset(content - 1);
            out.raw(EMPTY_END);
        } else {
            out.raw(end);
        }
    }

    /** Writes the element without attributes and content. */
    void empty(XmlOutput out) {
        open(out);
        out.raw(EMPTY_END);
    }
}
