package org.impsiwf.ssp.codec;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.io.Stax2ByteArraySource;

/** SSP messages from bytes and to bytes. Safe from any thread, keeps nothing between messages. */
public final class SspCodec {

    private final XMLInputFactory readers = readers();
    private final Limits limits;

    public SspCodec() {
        this(Limits.DEFAULT);
    }

    public SspCodec(Limits limits) {
        this.limits = limits;
    }

    private static XMLInputFactory readers() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /**
     * Reads one message, liberally: element names without case, unknown elements passed over, the peer's known slips
     * repaired as its dialect says.
     *
     * @throws MalformedMessageException if these bytes are no SSP message; the transport answers 400
     * @throws DecodeException if a set-up primitive is wrong, or the session has no id
     */
    public Decoded decode(byte[] bytes, Dialect dialect) throws MalformedMessageException, DecodeException {
        if (bytes.length > limits.bytes()) {
            throw new MalformedMessageException("more than " + limits.bytes() + " bytes");
        }
        try {
            return read(bytes, dialect);
        } catch (MalformedMessageException e) {
            Optional<byte[]> repaired = dialect.syntax().strayAmpersandsRepaired()
                    ? StrayAmpersands.escaped(bytes, limits.bytes())
                    : Optional.empty();
            if (repaired.isEmpty()) {
                throw e;
            }
            return read(repaired.get(), dialect);
        }
    }

    private Decoded read(byte[] bytes, Dialect dialect) throws MalformedMessageException, DecodeException {
        try {
            XMLStreamReader reader = open(bytes);
            try {
                return new EnvelopeReader(new XmlInput(reader, limits), dialect).read();
            } finally {
                reader.close();
            }
        } catch (XmlInput.Malformed e) {
            throw new MalformedMessageException(e.getMessage(), e.getCause());
        } catch (XMLStreamException e) {
            throw new MalformedMessageException("not well-formed", e);
        }
    }

    private XMLStreamReader open(byte[] bytes) throws XMLStreamException {
        try {
            return readers.createXMLStreamReader(new Stax2ByteArraySource(bytes, 0, bytes.length));
        } catch (RuntimeException e) {
            // The parser's own way to say that it cannot find out the encoding.
            throw new XMLStreamException(e);
        }
    }

    /**
     * Writes one message strictly, in the forms that the dialect asks for.
     *
     * @throws IllegalStateException if a mandatory list is empty: a mistake of ours
     */
    public byte[] encode(SspMessage message, Dialect dialect) {
        return new EnvelopeWriter(dialect).write(message);
    }
}
