package org.impsiwf.ssp.codec;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Makes XML readers. The factory of Aalto remembers every name that it has seen, which makes it fast, in a table that
 * never shrinks and gets slow when it is large: after too many names that SSP does not have, it is replaced.
 */
final class XmlReaders {

    private static final int MOST_FOREIGN_NAMES = 2_000;

    private final AtomicInteger foreignNames = new AtomicInteger();
    private volatile XMLInputFactory factory = newFactory();

    private static XMLInputFactory newFactory() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** The factory at the moment. */
    XMLInputFactory factory() {
        return factory;
    }

    XMLStreamReader open(byte[] document) throws XMLStreamException {
        try {
            return factory.createXMLStreamReader(new ByteArrayInputStream(document));
        } catch (RuntimeException e) {
            // The parser's own way to say that it cannot find out the encoding.
            throw new XMLStreamException(e);
        }
    }

    /** Tells how many names a document has left behind that no other message will use. */
    void learnt(int names) {
        if (names > 0 && foreignNames.addAndGet(names) > MOST_FOREIGN_NAMES) {
            foreignNames.set(0);
            factory = newFactory();
        }
    }
}
