package org.impsiwf.ssp.codec;

import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.TransactionId;

/** Writes one message. */
final class EnvelopeWriter {

    private static final byte[] DECLARATION = XmlOutput.bytes("<?xml version=\"1.0\"?>\n");
    private static final byte[] ROOT_START = XmlOutput.bytes("<" + EnvelopeReader.ROOT + " xmlns=\"");
    private static final byte[] ROOT_END = XmlOutput.bytes("</" + EnvelopeReader.ROOT + ">");
    private static final byte[] SESSION_START =
            XmlOutput.bytes("<" + EnvelopeReader.SESSION + " " + EnvelopeReader.SESSION_ID + "=\"");
    private static final byte[] SESSION_END = XmlOutput.bytes("</" + EnvelopeReader.SESSION + ">");
    private static final byte[] ID = XmlOutput.bytes("\" " + EnvelopeReader.TRANSACTION_ID + "=\"");
    private static final byte[] START_END = XmlOutput.bytes("\">");

    /** An element with mode and transaction id. */
    private record Wrapper(byte[] start, byte[] end) {
        static final Wrapper SET_UP = of(EnvelopeReader.SET_UP);
        static final Wrapper TRANSACTION = of(EnvelopeReader.TRANSACTION);

        static Wrapper of(String name) {
            return new Wrapper(
                    XmlOutput.bytes("<" + name + " " + EnvelopeReader.MODE + "=\""),
                    XmlOutput.bytes("</" + name + ">"));
        }
    }

    /** A short message of a user with its envelope. */
    private static final int USUAL_SIZE = 1024;

    private final XmlOutput out;
    private final SspMessage message;
    private final Dialect dialect;

    EnvelopeWriter(SspMessage message, Dialect dialect) {
        int transactions = message instanceof SspMessage.InSession many
                ? many.transactions().size()
                : 1;
        this.out = new XmlOutput(USUAL_SIZE * Math.max(1, transactions));
        this.message = message;
        this.dialect = dialect;
    }

    byte[] write() {
        out.raw(DECLARATION);
        out.raw(ROOT_START);
        out.attributeText(dialect.syntax().namespace());
        out.raw(START_END);
        switch (message) {
            case SspMessage.SetUp(var mode, var id, var primitive) -> write(Wrapper.SET_UP, mode, id, primitive);
            case SspMessage.InSession(var session, var transactions) -> {
                out.raw(SESSION_START);
                out.attributeText(session.value());
                out.raw(START_END);
                for (Transaction transaction : transactions) {
                    write(
                            Wrapper.TRANSACTION,
                            transaction.mode(),
                            transaction.transactionId(),
                            transaction.primitive());
                }
                out.raw(SESSION_END);
            }
        }
        out.raw(ROOT_END);
        return out.toByteArray();
    }

    private void write(Wrapper wrapper, Mode mode, TransactionId id, Primitive primitive) {
        out.raw(wrapper.start());
        out.attributeText(mode.literal());
        out.raw(ID);
        out.attributeText(id.value());
        out.raw(START_END);
        RecordShape shape = Shapes.of(primitive);
        shape.write(primitive, shape.tag(), out, dialect);
        out.raw(wrapper.end());
    }
}
