package org.impsiwf.ssp.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import org.impsiwf.ssp.codec.DecodeException.Envelope;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.User;

/** Reads one message from its root to its end. */
final class EnvelopeReader {

    static final String ROOT = "WV-SSP-Message";
    static final String SESSION = "Session";
    static final String SET_UP = "SetupTransaction";
    static final String TRANSACTION = "Transaction";
    static final String SESSION_ID = "sessionID";
    static final String TRANSACTION_ID = "transactionID";
    static final String MODE = "mode";

    private static final int NO_SESSION = 620;
    private static final int NO_TRANSACTION = 420;

    private final XmlInput in;
    private final Dialect dialect;
    private final List<DecodeException> refused = new ArrayList<>();
    private Reading reading;

    EnvelopeReader(XmlInput in, Dialect dialect) {
        this.in = in;
        this.dialect = dialect;
        this.reading = new Reading(dialect, Optional.empty());
    }

    Decoded read() throws DecodeException {
        if (!in.nextChild() || !in.name().equalsIgnoreCase(ROOT)) {
            throw new XmlInput.Malformed("the root is not " + ROOT);
        }
        if (!in.nextChild()) {
            throw new XmlInput.Malformed("the message is empty");
        }
        String kind = in.name();
        if (kind.equalsIgnoreCase(SESSION)) {
            return readSession();
        }
        if (kind.equalsIgnoreCase(SET_UP)) {
            return readSetUp();
        }
        throw new XmlInput.Malformed("neither " + SESSION + " nor " + SET_UP);
    }

    private Decoded readSetUp() throws DecodeException {
        Optional<Transaction> transaction = readTransaction(Optional.empty());
        readToEnd();
        if (transaction.isEmpty()) {
            throw refused.getFirst();
        }
        Transaction read = transaction.get();
        SspMessage message = new SspMessage.SetUp(read.mode(), read.transactionId(), read.primitive());
        return new Decoded(message, List.of(), reading.skippedElements());
    }

    private Decoded readSession() throws DecodeException {
        Optional<SessionId> session = attribute(SESSION_ID).map(SessionId::new);
        reading = new Reading(dialect, session);
        List<Transaction> transactions = new ArrayList<>();
        boolean any = false;
        while (in.nextChild()) {
            if (in.name().equalsIgnoreCase(TRANSACTION)) {
                any = true;
                readTransaction(session).ifPresent(transactions::add);
            } else {
                reading.skip(in);
            }
        }
        readToEnd();
        if (!any) {
            throw new XmlInput.Malformed("a session without a transaction");
        }
        if (session.isEmpty()) {
            throw new DecodeException("/" + SESSION + "/@" + SESSION_ID, "is missing", NO_SESSION);
        }
        SspMessage message = new SspMessage.InSession(session.get(), transactions);
        return new Decoded(message, refused, reading.skippedElements());
    }

    /** Reads the transaction that has just started, to its end. A wrong one is noted and absent. */
    private Optional<Transaction> readTransaction(Optional<SessionId> session) {
        int outside = in.depth() - 1;
        Mode mode = Mode.of(attribute(MODE).orElse(""));
        Optional<TransactionId> id = attribute(TRANSACTION_ID).map(TransactionId::new);
        String name = "";
        try {
            if (!in.nextChild()) {
                throw new Refusal("", "holds no primitive", Refusal.SYNTAX_ERROR);
            }
            name = in.name();
            Primitive primitive = readPrimitive(name);
            readToEndOfTransaction(mode);
            if (id.isEmpty()) {
                throw new Refusal("@" + TRANSACTION_ID, "is missing", NO_TRANSACTION);
            }
            return Optional.of(new Transaction(mode, id.get(), primitive));
        } catch (Refusal refusal) {
            in.leaveTo(outside);
            refused.add(refusal.asDecodeException().in(new Envelope(session, mode, id, name)));
            return Optional.empty();
        }
    }

    /** SSP 6.1.4: a request has one functional primitive; beside it, and in an answer, what we do not know is passed over. */
    private void readToEndOfTransaction(Mode mode) {
        while (in.nextChild()) {
            if (mode == Mode.REQUEST && Shapes.named(in.name()).isPresent()) {
                throw new Refusal("", "is a second primitive in one request", Refusal.SYNTAX_ERROR).within(in.name());
            }
            reading.skip(in);
        }
    }

    private Primitive readPrimitive(String name) {
        RecordShape shape = Shapes.named(name)
                .orElseThrow(() -> new Refusal("", "is no primitive", Refusal.NOT_IMPLEMENTED).within(name));
        try {
            Primitive primitive = (Primitive) shape.read(in, reading);
            return dialect.syntax().rolesByDomain() ? inOrder(primitive) : primitive;
        } catch (Refusal refusal) {
            throw refusal.within(shape.tag().name());
        }
    }

    private Primitive inOrder(Primitive primitive) {
        return switch (primitive) {
            case InviteResponse response -> inOrder(response);
            case DeliveryStatusReport report -> inOrder(report);
            default -> primitive;
        };
    }

    /** The peer answers for a user of its own, so that one is the responding user, whatever the elements say. */
    private InviteResponse inOrder(InviteResponse response) {
        String peer = reading.peerDomain();
        boolean exchanged = Domains.of(response.invitingUser()).equals(peer)
                && !Domains.of(response.respondingUser()).equals(peer);
        return exchanged ? response.exchanged() : response;
    }

    /** It reports on what its own user has received, so that one is the recipient: it writes the report's own way instead. */
    private DeliveryStatusReport inOrder(DeliveryStatusReport report) {
        MessageInfo info = report.messageInfo();
        if (info.recipients().size() == 1
                && info.recipients().getFirst().addressee() instanceof User told
                && !told.userId().domain().equals(reading.peerDomain())
                && info.sender().map(MessageInfo.Sender::address).orElse(told) instanceof User reached
                && reached.userId().domain().equals(reading.peerDomain())) {
            return report.about(info.withRecipients(List.of(new MessageInfo.Recipient(reached)))
                    .withSender(MessageInfo.Sender.of(told)));
        }
        return report;
    }

    private void readToEnd() {
        while (in.next() != XMLStreamConstants.END_DOCUMENT) {
            // What follows the message must be well-formed, and means nothing.
        }
    }

    private Optional<String> attribute(String name) {
        for (int i = 0; i < in.attributeCount(); i++) {
            if (in.attributeName(i).equalsIgnoreCase(name)) {
                String value = in.attributeValue(i).strip();
                return value.isEmpty() ? Optional.empty() : Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
