package org.impsiwf.bench;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The ceiling for the SSP codec: a scan that looks at every name, attribute and text, and a write of the same bytes by hand. */
final class BareXml {

    private final InputFactoryImpl factory = new InputFactoryImpl();

    BareXml() {
        factory.configureForSpeed();
    }

    /** The number of characters seen. */
    int scan(byte[] document) throws XMLStreamException {
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
        int seen = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                seen += reader.getLocalName().length();
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    seen += reader.getAttributeLocalName(i).length()
                            + reader.getAttributeValue(i).length();
                }
            } else if (event == XMLStreamConstants.CHARACTERS) {
                seen += reader.getTextLength();
            }
        }
        reader.close();
        return seen;
    }

    /** Writes the pieces one after the other, looking at each character once for what XML must escape. */
    int write(String[] pieces, byte[] into) {
        int at = 0;
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
            for (byte b : bytes) {
                if (b == '&') {
                    throw new IllegalStateException("the sample has nothing to escape");
                }
                into[at++] = b;
            }
        }
        return at;
    }

    /** Cuts a document where a writer would start a new piece: around markup and values. */
    static String[] pieces(byte[] document) {
        return new String(document, StandardCharsets.ISO_8859_1).split("(?<=[>\"])|(?=<)");
    }
}
