package org.impsiwf.ssp.codec;

import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** SSP messages from bytes and to bytes. Safe from any thread, keeps nothing between messages. */
public final class SspCodec {

    private final XmlReaders readers = new XmlReaders();
    private final Limits limits;

    public SspCodec() {
        this(Limits.DEFAULT);
    }

    public SspCodec(Limits limits) {
        this.limits = limits;
        Vocabulary.prepare();
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
        if (StartTags.anyLongerThan(limits.tagBytes(), bytes)) {
            throw new MalformedMessageException("more than " + limits.tagBytes() + " bytes in one tag");
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
            XMLStreamReader reader = readers.open(bytes);
            XmlInput in = new XmlInput(reader, limits);
            try {
                return new EnvelopeReader(in, dialect).read();
            } finally {
                reader.close();
                readers.learnt(in.foreignNames());
            }
        } catch (XmlInput.Malformed e) {
            throw new MalformedMessageException(e.getMessage(), e.getCause());
        } catch (XMLStreamException e) {
            throw new MalformedMessageException("not well-formed", e);
        }
    }

    /**
     * Writes one message strictly, in the forms that the dialect asks for.
     *
     * @throws IllegalStateException if a mandatory list is empty: a mistake of ours
     */
    public byte[] encode(SspMessage message, Dialect dialect) {
        return new EnvelopeWriter(message, dialect).write();
    }
}
