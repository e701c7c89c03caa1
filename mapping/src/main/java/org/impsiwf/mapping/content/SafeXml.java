package org.impsiwf.mapping.content;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML from strangers: no document type, no entities, bounded size and depth. */
final class SafeXml {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 16;
    private static final XMLInputFactory FACTORY = factory();

    /** Hears the document as it is read. */
    interface Visitor {
        /** An element begins; {@code depth} is 1 for the root. */
        void element(String localName, int depth);

        /** An element ends; {@code text} is what stood in it outside of inner elements. */
        void end(String localName, String text, int depth);
    }

    private SafeXml() {}

    static void read(byte[] body, Visitor visitor) throws ContentException {
        if (body.length > MAX_BYTES) {
            throw new ContentException(413, "an XML body over " + MAX_BYTES + " bytes");
        }
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
            try {
                walk(reader, visitor);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new ContentException(400, "not well-formed XML");
        }
    }

    private static void walk(XMLStreamReader reader, Visitor visitor) throws XMLStreamException, ContentException {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    if (depth > MAX_DEPTH) {
                        throw new ContentException(400, "XML nested too deeply");
                    }
                    text.setLength(0);
                    visitor.element(reader.getLocalName(), depth);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    visitor.end(reader.getLocalName(), text.toString().strip(), depth);
                    text.setLength(0);
                    depth--;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new ContentException(400, "XML with a document type");
                default -> {
                    // Comments, processing instructions and white space say nothing.
                }
            }
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
