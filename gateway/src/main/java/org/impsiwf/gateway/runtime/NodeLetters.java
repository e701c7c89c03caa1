package org.impsiwf.gateway.runtime;

import java.util.Optional;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.RecordCodec;

/** What nodes tell each other of mailboxes: events for the node of the seat, and seats for another node. */
final class NodeLetters {

    private static final String EVENTS = "events";
    private static final String SEATS = "seats";
    private static final byte[] YES = {1};
    private static final byte[] NO = {0};

    private static final RecordCodec<EventLetter> EVENT_LETTERS = RecordCodec.of(EventLetter.class);
    private static final RecordCodec<SeatLetter> SEAT_LETTERS = RecordCodec.of(SeatLetter.class);

    /** @param vacant nobody works on the mailbox: the receiver is to take the seat */
    record EventLetter(String mailbox, Event event, boolean vacant) {}

    /** @param mailbox whose seat is the receiver's from now on; absent in the question whether it takes any */
    record SeatLetter(Optional<String> mailbox) {}

    /** Who reads the letters of this node. */
    interface Reader {

        /** False when the mailbox is not this node's: the sender looks for its seat again. */
        boolean takes(MailboxKey key, Event event, boolean vacant);

        /** This node has the seat now: another one has said so in the store. */
        void seated(MailboxKey key);

        /** Whether this node takes seats of others. */
        boolean takesSeats();
    }

    private final Nodes nodes;

    NodeLetters(Nodes nodes) {
        this.nodes = nodes;
    }

    void open(Reader reader) {
        nodes.open(EVENTS, (from, letter) -> {
            EventLetter read = EVENT_LETTERS.decode(letter);
            return answer(reader.takes(key(read.mailbox()), read.event(), read.vacant()));
        });
        nodes.open(SEATS, (from, letter) -> {
            Optional<String> mailbox = SEAT_LETTERS.decode(letter).mailbox();
            mailbox.map(NodeLetters::key).ifPresent(reader::seated);
            return answer(mailbox.isPresent() || reader.takesSeats());
        });
    }

    private static MailboxKey key(String text) {
        return MailboxKey.parse(text).orElseThrow(() -> new IllegalArgumentException("not a mailbox: " + text));
    }

    private static byte[] answer(boolean yes) {
        return yes ? YES : NO;
    }

    private static boolean isYes(byte[] answer) {
        return answer.length == 1 && answer[0] == YES[0];
    }

    /** Blocks until the node has taken the event into its mailbox; false when it says that it is not the mailbox's node. */
    boolean handOver(String node, MailboxKey key, Event event, boolean vacant) throws NodeGoneException {
        return isYes(nodes.deliver(node, EVENTS, EVENT_LETTERS.encode(new EventLetter(key.text(), event, vacant))));
    }

    void giveSeat(String node, MailboxKey key) throws NodeGoneException {
        nodes.deliver(node, SEATS, SEAT_LETTERS.encode(new SeatLetter(Optional.of(key.text()))));
    }

    boolean takesSeats(String node) throws NodeGoneException {
        return isYes(nodes.deliver(node, SEATS, SEAT_LETTERS.encode(new SeatLetter(Optional.empty()))));
    }
}
