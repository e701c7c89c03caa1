package org.impsiwf.mapping.participation;

import java.nio.charset.StandardCharsets;
import java.util.ListIterator;
import java.util.Optional;
import org.impsiwf.mapping.content.CpimEnvelope;
import org.impsiwf.mapping.content.Imdn;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.content.WrappedMessage;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.mapping.participation.Participation.Due;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
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
        if (turn.policy().oneNode()) {
            return;
        }
        MailboxKey.parse(e.focus())
                .ifPresent(focus -> turn.tell(focus, new Event.MessageTaken(turn.key.text(), e.distribution(), code)));
    }

    private int take(Event.MessageSaid e) {
        if (!turn.membership.isIn()) {
            return 808;
        }
        WrappedMessage message = e.message();
        String id = takenId(e);
        boolean repeated = turn.wasTaken(id);
        boolean echo =
                e.screenName().filter(turn.screenName()::equalsIgnoreCase).isPresent();
        if (repeated || echo) {
            turn.note(Noted.DUPLICATE_ABSORBED, repeated ? "a message came again" : "the member's own message");
            return 200;
        }
        if (message.size() > turn.policy().maxMessageSize()) {
            return 540;
        }
        if (isFull(message.size())) {
            turn.missed++;
            turn.note(Noted.MEMBER_TOO_SLOW, "a message is left out for a member that takes none");
            return 507;
        }
        turn.remember(id);
        turn.due.add(new Due(turn.newId(), message, Optional.empty(), false));
        return 200;
    }

    private boolean isFull(int size) {
        long waiting = 0;
        for (Due item : turn.due) {
            waiting += item.message().size();
        }
        return turn.due.size() >= turn.policy().queueMessages()
                || waiting + size > turn.policy().queueBytes();
    }

    private static String takenId(Event.MessageSaid e) {
        String messageId = e.message().messageId();
        return messageId.isEmpty() ? "said:" + e.distribution() : "imps:" + messageId;
    }

    /** A word of the conference itself to the user; with too much before it, it is not said. */
    void mention(String text) {
        if (!isFull(text.length())) {
            tell(text);
        }
    }

    /** A word of the conference itself to the user. */
    void tell(String text) {
        tell(MediaType.PLAIN_TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void tell(String contentType, byte[] content) {
        InstantMessage message = new InstantMessage(
                "", turn.room.uri(), turn.member.sipUri(), Optional.empty(), contentType, content, false);
        turn.due.add(new Due(
                turn.newId(),
                WrappedMessage.of(message, turn.newId(), turn.now()),
                Optional.empty(),
                /* resent= */ false));
    }

    /** Sends what can be sent now. */
    void flush() {
        if (!(turn.leg instanceof MemberLeg.Open open) || !open.far().receives()) {
            return;
        }
        int onTheWay = 0;
        long bytes = 0;
        ListIterator<Due> items = turn.due.listIterator();
        while (items.hasNext()) {
            Due item = items.next();
            boolean isSent = item.sentIn().isPresent();
            if (!isSent && !takes(open.far(), item.message())) {
                // RFC 7701 §6.1: not forwarded to this member, and nobody is told.
                items.remove();
                continue;
            }
            bytes += item.message().length();
            if (!isSent) {
                if (onTheWay > 0 && (onTheWay >= WINDOW || bytes > WINDOW_BYTES)) {
                    return;
                }
                items.set(send(item, open));
            }
            onTheWay++;
        }
    }

    private static boolean takes(FarEnd far, WrappedMessage message) {
        return far.takesWrapped(message.contentType()) && far.fits(message.length());
    }

    private Due send(Due item, MemberLeg.Open open) {
        turn.msrp(new MsrpCommand.SendMessage(
                open.msrpSession(), item.id(), item.message().envelope(), SuccessReport.NO, FailureReport.YES));
        return item.in(open.msrpSession());
    }

    private static CpimEnvelope envelope(String from, Optional<String> name, String to) {
        return new CpimEnvelope(new CpimAddress(name.orElse(""), from), new CpimAddress("", to));
    }

    void accepted(MsrpEvent.MessageAccepted e) {
        onTheWay(e.session(), e.messageId()).ifPresent(this::done);
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
        Optional<Due> found = onTheWay(e.session(), e.messageId());
        boolean sessionGone = e.status() == 408 || e.status() == 481 || e.status() == 506;
        if (found.isPresent() && !sessionGone) {
            turn.due.remove(found.get());
        }
        return found.isPresent() && sessionGone;
    }

    private Optional<Due> onTheWay(MsrpSessionId session, String id) {
        for (Due item : turn.due) {
            if (item.id().equals(id) && item.sentIn().filter(session::equals).isPresent()) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
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
