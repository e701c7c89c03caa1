package org.impsiwf.ssp.codec;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A StAX reader with limits, without what SSP never has: document types and entities. */
final class XmlInput {

    /** Not checked, so that the shapes between here and the codec need not name it. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String problem) {
            super(problem, null, false, false);
        }

        Malformed(String problem, Throwable cause) {
            super(problem, cause);
        }
    }

    private final XMLStreamReader reader;
    private final Limits limits;
    private int depth;
    private int elements;
    private int foreignNames;

    XmlInput(XMLStreamReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** Names so far that SSP does not have, and that the parser therefore has learnt in vain. */
    int foreignNames() {
        return foreignNames;
    }

    /** Elements that are open. */
    int depth() {
        return depth;
    }

    /** Goes to the start of the next child element; false at the end of the parent. Text in between is passed over. */
    boolean nextChild() {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                default -> {
                    // White space and comments mean nothing between elements.
                }
            }
        }
    }

    /** The next start, end, text or end of document. */
    int next() {
        int event = advance();
        while (event == XMLStreamConstants.COMMENT || event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            if (event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
                count(1);
            }
            event = advance();
        }
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> enter();
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD -> throw new Malformed("document type declaration");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new Malformed("entity reference");
            default -> {
                // Text, or the end of the document.
            }
        }
        return event;
    }

    private int advance() {
        try {
            return reader.hasNext() ? reader.next() : XMLStreamConstants.END_DOCUMENT;
        } catch (XMLStreamException | RuntimeException e) {
            throw new Malformed("not well-formed", e);
        }
    }

    private void enter() {
        if (++depth > limits.depth()) {
            throw new Malformed("more than " + limits.depth() + " nested elements");
        }
        if (++elements > limits.elements()) {
            throw new Malformed("more than " + limits.elements() + " elements");
        }
        if (reader.getAttributeCount() > limits.attributes()) {
            throw new Malformed("more than " + limits.attributes() + " attributes");
        }
        count(foreignNamesHere());
    }

    private int foreignNamesHere() {
        int foreign = isForeign(reader.getPrefix(), reader.getLocalName()) ? 1 : 0;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            foreign += isForeign(reader.getAttributePrefix(i), reader.getAttributeLocalName(i)) ? 1 : 0;
        }
        for (int i = 0; i < reader.getNamespaceCount(); i++) {
            foreign += isForeign(reader.getNamespacePrefix(i), "") ? 1 : 0;
        }
        return foreign;
    }

    private static boolean isForeign(String prefix, String name) {
        boolean prefixed = prefix != null && !prefix.isEmpty();
        return prefixed || !Vocabulary.NAMES.contains(name);
    }

    private void count(int foreign) {
        foreignNames += foreign;
        if (foreignNames > limits.foreignNames()) {
            throw new Malformed("more than " + limits.foreignNames() + " unknown names");
        }
    }

    String name() {
        return reader.getLocalName();
    }

    int attributeCount() {
        return reader.getAttributeCount();
    }

    String attributeName(int index) {
        return reader.getAttributeLocalName(index);
    }

    String attributeValue(int index) {
        String value = reader.getAttributeValue(index);
        requireLength(value.length());
        return value;
    }

    /** The attribute of this exact name, null if absent. */
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return attributeValue(i);
            }
        }
        return null;
    }

    /** One piece of text, at a text event; pieces of one element may come apart. */
    String text() {
        try {
            String text = reader.getText();
            requireLength(text.length());
            return text;
        } catch (Malformed e) {
            throw e;
        } catch (RuntimeException e) {
            // The parser reads text lazily and wraps what it finds wrong then.
            throw new Malformed("not well-formed", e);
        }
    }

    void requireLength(int length) {
        if (length > limits.textLength()) {
            throw new Malformed("more than " + limits.textLength() + " characters in one value");
        }
    }

    /** Passes over everything until this many elements are open. */
    void leaveTo(int outerDepth) {
        while (depth > outerDepth) {
            if (next() == XMLStreamConstants.END_DOCUMENT) {
                throw new Malformed("truncated");
            }
        }
    }
}
