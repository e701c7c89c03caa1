package org.impsiwf.msrp.transport;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.msrp.event.MsrpCommand.AddRecipient;
import org.impsiwf.msrp.event.MsrpCommand.Recipient;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.session.RelayEffect;
import org.impsiwf.msrp.session.RelayEvent;
import org.impsiwf.msrp.session.RelayLimits;
import org.impsiwf.msrp.session.RelayMachine;
import org.impsiwf.msrp.session.RelayMachine.Decision;
import org.impsiwf.msrp.session.RelayState;
import org.impsiwf.msrp.session.RelayWindow;
import org.impsiwf.msrp.session.RelayedContent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One message that leaves to many while it comes in: carries out what {@link RelayMachine} decides. The sender's session's mailbox. */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final MsrpSession sender;
    private final MsrpEndpoint endpoint;
    private final MsrpConnection connection;
    private final RelayLimits limits;
    private final RelayMachine machine;
    private final Runnable concluded;
    private final RelayWindow window = new RelayWindow();
    private final List<Recipient> named = new ArrayList<>();
    private final Set<RelayLeg> legs = new LinkedHashSet<>();
    private RelayState state;
    private String contentType = "";
    private long total = ByteRange.UNKNOWN;
    private volatile boolean begun;
    private volatile boolean paused;
    private int taken;
    private int missed;

    /** @param concluded told once, when it is known what became of it; not when it was broken off */
    Relay(
            MsrpSession sender,
            MsrpEndpoint endpoint,
            MsrpConnection connection,
            RelayLimits limits,
            Runnable concluded) {
        this.sender = sender;
        this.endpoint = endpoint;
        this.connection = connection;
        this.limits = limits;
        this.machine = new RelayMachine(limits);
        this.concluded = concluded;
        this.state = machine.begin(endpoint.time().now());
    }

    // ---- orders

    /** @param size octets of the whole as the recipients get it, or {@link ByteRange#UNKNOWN} */
    void ordered(MsrpContent head, long size, int recipients) {
        contentType = head.contentType();
        total = size;
        append(head.bytes());
        happened(new RelayEvent.Ordered(recipients));
    }

    void answered(AddRecipient order) {
        missed += order.missed() ? 1 : 0;
        if (state instanceof RelayState.Gathering) {
            order.recipient().ifPresent(named::add);
            happened(new RelayEvent.Answered());
        } else {
            order.recipient().ifPresent(this::tooLate);
        }
    }

    /** Who was not there at the beginning gets nothing of it (RFC 7701 §6.1). */
    private void tooLate(Recipient late) {
        missed++;
        endpoint.tell(new MsrpEvent.RelayedMessageMissed(late.session(), late.messageId(), MsrpStatus.TIMEOUT));
    }

    // ---- what comes

    void append(byte[] octets) {
        endpoint.load().relayed(window.append(octets));
        legs.forEach(RelayLeg::wake);
        look();
    }

    void allCame() {
        window.complete();
        legs.forEach(RelayLeg::wake);
        happened(new RelayEvent.AllCame());
        checkLegs();
    }

    void senderGone() {
        happened(new RelayEvent.SenderGone());
    }

    int taken() {
        return taken;
    }

    int missed() {
        return missed;
    }

    boolean over() {
        return state instanceof RelayState.Over;
    }

    // ---- what the recipients' threads ask for

    RelayedContent contentFor(Runnable progress) {
        return new RelayedContent(contentType, total, window, progress);
    }

    boolean waitsFor(RelayLeg leg) {
        return paused && window.end() - leg.taken() <= limits.resumeAt();
    }

    void look(Runnable seen) {
        sender.order(() -> {
            seen.run();
            look();
        });
    }

    void ended(RelayLeg leg, int status) {
        sender.order(() -> {
            if (legs.remove(leg)) {
                count(status);
                look();
                checkLegs();
            }
        });
    }

    private void count(int status) {
        switch (status) {
            case MsrpStatus.OK -> taken++;
            case MsrpStatus.STOP_SENDING, MsrpStatus.UNSUPPORTED_MEDIA ->
                LOG.debug("a recipient takes no such message");
            default -> missed++;
        }
    }

    /** What nobody lacks any more is given back, and the machine sees how far the slowest is. */
    private void look() {
        long end = window.end();
        long slowest = begun ? end : 0;
        boolean starving = false;
        for (RelayLeg leg : legs) {
            slowest = Math.min(slowest, leg.taken());
            starving |= leg.starving();
        }
        endpoint.load().relayed(-window.release(slowest));
        happened(new RelayEvent.Moved(end - slowest, starving));
    }

    private void checkLegs() {
        boolean allCame = window.isComplete();
        if (begun && legs.isEmpty()) {
            if (over()) {
                clear();
            } else if (allCame || missed + taken > 0) {
                happened(new RelayEvent.NobodyLeft());
            }
        }
    }

    // ---- decisions

    private void happened(RelayEvent event) {
        Decision decision = machine.decide(state, event, endpoint.time().now());
        state = decision.next();
        decision.effects().forEach(this::carryOut);
        sender.setAlarm();
    }

    private void carryOut(RelayEffect effect) {
        switch (effect) {
            case BEGIN -> begin();
            case PAUSE_SENDER -> pause();
            case RESUME_SENDER -> resume();
            case DROP_SLOW -> dropSlow();
            case DROP_ALL -> legs.forEach(leg -> leg.breakOff(endpoint, true));
            case BREAK_OFF -> breakOff();
            case CONCLUDE -> {
                clear();
                concluded.run();
            }
        }
    }

    private void begin() {
        begun = true;
        named.forEach(recipient -> legs.add(new RelayLeg(this, recipient)));
        List.copyOf(legs).forEach(leg -> leg.start(endpoint));
        // After this decision is done with: with nobody to take it there may be the next one.
        sender.order(this::checkLegs);
    }

    private void pause() {
        paused = true;
        connection.pressure().block();
    }

    private void resume() {
        paused = false;
        connection.pressure().unblock();
    }

    private void dropSlow() {
        for (RelayLeg leg : legs) {
            long lacks = window.end() - leg.taken();
            if (lacks > limits.resumeAt()) {
                endpoint.watcher().count(MsrpCount.RELAY_DROPPED);
                LOG.info(
                        "{}: a recipient of {} lacks {} octets of it and gets no more",
                        sender.id().value(),
                        leg.messageId(),
                        lacks);
                leg.breakOff(endpoint, true);
            }
        }
    }

    private void breakOff() {
        begun = true;
        legs.forEach(leg -> leg.breakOff(endpoint, false));
        checkLegs();
    }

    private void clear() {
        endpoint.load().relayed(-window.clear());
    }

    // ---- deadlines

    Optional<Instant> nextDeadline() {
        return state.deadline();
    }

    void expire(Instant now) {
        if (nextDeadline().filter(due -> !now.isBefore(due)).isPresent()) {
            look();
            happened(new RelayEvent.TimePassed());
        }
    }
}
