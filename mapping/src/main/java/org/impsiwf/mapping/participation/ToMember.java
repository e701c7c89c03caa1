package org.impsiwf.mapping.participation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.CpimEnvelope;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.participation.Participation.Due;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.SuccessReport;

/**
 * What the user is sent: kept in order until its client has taken it. The host had its answer when it was kept; a client
 * that is too slow misses messages, and is told so, and holds nobody up (RFC 7701 §6.4).
 */
final class ToMember {

    /** What may be on its way in a session at once, one message in any case; the rest waits here, in the saved state. */
    private static final int WINDOW = 16;

    private static final long WINDOW_BYTES = 512 * 1024;

    private final MemberTurn turn;

    ToMember(MemberTurn turn) {
        this.turn = turn;
    }

    void said(Event.MessageSaid e) {
        int code = take(e);
        MailboxKey.parse(e.focus())
                .ifPresent(focus -> turn.tell(focus, new Event.MessageTaken(turn.key.text(), e.distribution(), code)));
    }

    private int take(Event.MessageSaid e) {
        if (!turn.membership.isIn()) {
            return 808;
        }
        InstantMessage message = e.message();
        String distribution = "said:" + e.distribution();
        boolean repeated =
                turn.wasTaken(distribution) || (!message.messageId().isEmpty() && turn.wasTaken(takenId(message)));
        boolean echo =
                e.screenName().filter(turn.screenName()::equalsIgnoreCase).isPresent();
        if (repeated || echo) {
            turn.note(Noted.DUPLICATE_ABSORBED, repeated ? "a message came again" : "the member's own message");
            return 200;
        }
        if (message.content().length > turn.policy().maxMessageSize()) {
            return 540;
        }
        if (isFull(message.content().length)) {
            turn.missed++;
            turn.note(Noted.MEMBER_TOO_SLOW, "a message is left out for a member that takes none");
            return 507;
        }
        turn.remember(message.messageId().isEmpty() ? distribution : takenId(message));
        turn.due.add(new Due(turn.newId(), message, turn.now(), Optional.empty(), false));
        return 200;
    }

    private boolean isFull(int size) {
        long waiting = turn.due.stream().mapToLong(ToMember::size).sum();
        return turn.due.size() >= turn.policy().queueMessages()
                || waiting + size > turn.policy().queueBytes();
    }

    private static String takenId(InstantMessage message) {
        return "imps:" + message.messageId();
    }

    /** A word of the conference itself to the user. */
    void tell(String text) {
        tell(MediaType.PLAIN_TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void tell(String contentType, byte[] content) {
        InstantMessage message = new InstantMessage(
                "", turn.room.uri(), turn.member.sipUri(), Optional.empty(), contentType, content, false);
        turn.due.add(new Due(turn.newId(), message, turn.now(), Optional.empty(), false));
    }

    /** Sends what can be sent now. */
    void flush() {
        if (!(turn.leg instanceof MemberLeg.Open open) || !open.far().receives()) {
            return;
        }
        for (Due item : List.copyOf(turn.due)) {
            if (item.sentIn().isPresent()) {
                continue;
            }
            if (!hasRoomFor(item)) {
                return;
            }
            send(item, open);
        }
    }

    private boolean hasRoomFor(Due next) {
        List<Due> onTheWay =
                turn.due.stream().filter(item -> item.sentIn().isPresent()).toList();
        long bytes = onTheWay.stream().mapToLong(ToMember::size).sum() + size(next);
        return onTheWay.isEmpty() || (onTheWay.size() < WINDOW && bytes <= WINDOW_BYTES);
    }

    private static long size(Due item) {
        return item.message().content().length;
    }

    private void send(Due item, MemberLeg.Open open) {
        InstantMessage message = item.message();
        byte[] cpim = envelope(message.sender(), message.senderName(), message.recipient())
                .message(item.id(), item.at(), message.contentType(), message.content())
                .octets();
        if (!open.far().takesWrapped(message.contentType()) || !open.far().fits(cpim.length)) {
            // RFC 7701 §6.1: not forwarded to this member, and nobody is told.
            turn.due.remove(item);
            return;
        }
        turn.msrp(new MsrpCommand.SendMessage(
                open.msrpSession(),
                item.id(),
                new MsrpContent(MediaType.CPIM, cpim),
                SuccessReport.NO,
                FailureReport.YES));
        turn.due.set(turn.due.indexOf(item), item.in(open.msrpSession()));
    }

    private static CpimEnvelope envelope(String from, Optional<String> name, String to) {
        return new CpimEnvelope(new CpimAddress(name.orElse(""), from), new CpimAddress("", to));
    }

    void accepted(MsrpEvent.MessageAccepted e) {
        onTheWay(e.session().value(), e.messageId()).ifPresent(this::done);
    }

    private void done(Due item) {
        turn.due.remove(item);
        if (turn.missed > 0) {
            tell(turn.missed + " messages were left out because they could not be delivered fast enough.");
            turn.missed = 0;
        }
    }

    /** True when the session seems to be dead; false when only this message was refused. */
    boolean refused(MsrpEvent.MessageRefused e) {
        Optional<Due> found = onTheWay(e.session().value(), e.messageId());
        boolean sessionGone = e.status() == 408 || e.status() == 481 || e.status() == 506;
        if (found.isPresent() && !sessionGone) {
            turn.due.remove(found.get());
        }
        return found.isPresent() && sessionGone;
    }

    private Optional<Due> onTheWay(String session, String id) {
        return turn.due.stream()
                .filter(item -> item.id().equals(id))
                .filter(item ->
                        item.sentIn().filter(in -> in.value().equals(session)).isPresent())
                .findFirst();
    }

    /** The session that these were sent in is gone: they go out again in the next one, under the same Message-ID (RFC 4975 §5.4). */
    void release() {
        turn.due.replaceAll(item -> item.sentIn().isPresent() ? item.again() : item);
    }

    /** The user is owed a word on a message of its own: one for all who got it (RFC 5438 §8.2). */
    void report(Event.ReportDue due) {
        boolean delivered = due.code() == 200;
        if (!(due.asker() instanceof Event.AskedByImdn asked) || (delivered ? !asked.positive() : !asked.negative())) {
            return;
        }
        if (!(turn.leg instanceof MemberLeg.Open open)
                || !open.far().receives()
                || !open.far().takesWrapped(MediaType.IMDN)) {
            turn.note(Noted.UNDELIVERABLE_REPORT, "the session that a notification belongs to is over");
            return;
        }
        String sentAt = asked.sentAt().orElseGet(() -> Imdn.dateTime(turn.now()));
        byte[] cpim = envelope(turn.room.uri(), Optional.empty(), turn.member.sipUri())
                .notification(
                        turn.newId(), turn.now(), Imdn.delivery(asked.messageId(), sentAt, turn.room.uri(), delivered))
                .octets();
        turn.msrp(new MsrpCommand.SendMessage(
                open.msrpSession(),
                turn.newId(),
                new MsrpContent(MediaType.CPIM, cpim),
                SuccessReport.NO,
                FailureReport.NO));
    }
}
