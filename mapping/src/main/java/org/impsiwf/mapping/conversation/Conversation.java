package org.impsiwf.mapping.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.decision.Parting;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Asker;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.ssp.event.SspRequestId;

/**
 * All that one talk is: another node can go on from this record alone.
 *
 * @param toImps messages of the SIP user that the peer has not answered for, oldest first
 * @param toSip messages of the IMPS user that the SIP side has not taken, oldest first
 * @param invitations of the IMPS user, not yet answered
 * @param farewells what was ordered last, for a while
 * @param recent ids of what was taken lately, so that a repeat is answered and not carried twice
 * @param noSessionsUntil the SIP user's client has said that it has no message sessions
 * @param stopping the gateway stops: the session ends as soon as nothing is in flight
 * @param dialog what names the session's dialog, from its INVITE on; of no meaning without a session
 * @param becoming the extension to a group that is under way
 * @param handedOn a dialog that this talk has begun and that is a group's now
 */
public record Conversation(
        Parties parties,
        Leg leg,
        List<ToImps> toImps,
        List<ToSip> toSip,
        List<Invited> invitations,
        List<Farewell> farewells,
        List<Taken> recent,
        Optional<Instant> noSessionsUntil,
        boolean stopping,
        Optional<Dialog> dialog,
        Optional<Becoming> becoming,
        Optional<HandedOn> handedOn) {

    /** How many ids are remembered against repeats. */
    static final int RECENT = 64;

    public Conversation {
        toImps = List.copyOf(toImps);
        toSip = List.copyOf(toSip);
        invitations = List.copyOf(invitations);
        farewells = List.copyOf(farewells);
        recent = List.copyOf(recent);
    }

    static Conversation between(Parties parties) {
        return new Conversation(
                parties,
                new Leg.NoSession(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A message of the SIP user, handed to the peer.
     *
     * @param id the sender's own id of it, for repeats
     * @param owed who waits for the result; several after a repeat
     * @param delivery text of the mailbox that waits for a report on it
     * @param overLimit whether it is larger than the peer is known to take
     */
    record ToImps(
            SspRequestId request,
            String id,
            List<Owed> owed,
            Optional<String> delivery,
            boolean overLimit,
            Instant giveUpAt) {}

    /** A final answer that the SIP user waits for. */
    sealed interface Owed {
        /** The response to the last chunk of a SEND. */
        record ToSend(MsrpSessionId session, ExchangeId exchange) implements Owed {}

        /** The response to a MESSAGE. */
        record ToMessage(SipTransactionId transaction) implements Owed {}
    }

    /**
     * A message of the IMPS user on its way.
     *
     * @param id our own: MSRP Message-ID and IMDN Message-ID
     * @param resent whether it has been sent twice already
     * @param earlyReport a report that came before the response
     */
    record ToSip(
            String id,
            InstantMessage message,
            List<Origin> origins,
            Carried carried,
            boolean resent,
            boolean needsSession,
            Optional<Integer> earlyReport,
            Instant giveUpAt) {

        ToSip by(Carried next) {
            return new ToSip(id, message, origins, next, resent, needsSession, earlyReport, giveUpAt);
        }

        ToSip again() {
            return new ToSip(id, message, origins, new Carried.Waiting(), true, true, earlyReport, giveUpAt);
        }

        ToSip inSession() {
            return new ToSip(id, message, origins, new Carried.Waiting(), resent, true, earlyReport, giveUpAt);
        }

        boolean isOwedToSubmission() {
            return origins.stream().anyMatch(Origin.InSubmission.class::isInstance);
        }

        ToSip reported(int code) {
            return new ToSip(id, message, origins, carried, resent, needsSession, Optional.of(code), giveUpAt);
        }

        ToSip owedAlso(Origin origin) {
            List<Origin> all =
                    Stream.concat(origins.stream(), Stream.of(origin)).toList();
            return new ToSip(id, message, all, carried, resent, needsSession, earlyReport, giveUpAt);
        }
    }

    /** How a message of the IMPS user is being carried. */
    sealed interface Carried {
        record Waiting() implements Carried {}

        record InSession(MsrpSessionId session) implements Carried {}

        /** In a MESSAGE; {@code wrapped} in CPIM so that an IMDN can be asked for. */
        record InMessage(RequestId request, boolean wrapped) implements Carried {}
    }

    /**
     * How the SIP user's client names the session.
     *
     * @param sessions Contribution-ID and Session-ID, as far as it gave them
     * @param knowsReplaces whether it has said that it supports RFC 3891
     */
    record Dialog(String callId, List<String> sessions, boolean knowsReplaces) {
        public Dialog {
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * An extension under way.
     *
     * @param extension text of its mailbox
     * @param inDialog whether it was asked for in the session's dialog (mapping, shape e), and so ends with it
     * @param until when it counts as forgotten
     */
    record Becoming(String extension, boolean inDialog, Instant until) {}

    /**
     * A dialog that belongs to a participation now, though the id of its usage leads here.
     *
     * @param participation text of its mailbox
     */
    record HandedOn(InviteUsageId usage, String participation) {}

    /** An invitation of the IMPS user (InviteRequest, IM). */
    record Invited(String inviteId, Instant until) {}

    /** What may have to be ordered again. */
    sealed interface Farewell extends Parting {
        /** The answer to an invitation; the request has the id that it had. */
        record Responded(SspRequestId request, String inviteId, boolean accepted, Optional<String> note, Instant until)
                implements Farewell {
            @Override
            public Optional<SspRequestId> awaited() {
                return Optional.of(request);
            }
        }

        /** A session that we have ended. */
        record HungUp(InviteUsageId usage, Optional<String> reason, Instant until) implements Farewell {
            @Override
            public Optional<SspRequestId> awaited() {
                return Optional.empty();
            }
        }
    }

    /** Something that was taken: {@code id} has a prefix that says whose id it is. */
    record Taken(String id, Instant at) {

        /** Ids of invitations that were accepted begin with it. */
        static final String OF_INVITATION = "invite:";

        boolean isOfInvitation() {
            return id.startsWith(OF_INVITATION);
        }
    }

    /** The next instant at which something has to happen here by itself. */
    public Optional<Instant> deadline() {
        // Asked twice for each event, hence no streams.
        Instant first = leg.deadline().orElse(Instant.MAX);
        for (ToImps message : toImps) {
            first = earlier(first, message.giveUpAt());
        }
        for (ToSip message : toSip) {
            first = earlier(first, message.giveUpAt());
        }
        for (Invited invited : invitations) {
            first = earlier(first, invited.until());
        }
        for (Farewell farewell : farewells) {
            first = earlier(first, farewell.until());
        }
        return first.equals(Instant.MAX) ? Optional.empty() : Optional.of(first);
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    /**
     * What another node needs to go on ({@link org.impsiwf.mapping.State#toShare}). A message whose sender waits for our answer is
     * repeated by the sender, under the same id; one that came to several at once is promised to the submission.
     */
    public Conversation toShare() {
        return new Conversation(
                parties,
                leg.toShare(),
                List.of(),
                toSip.stream().filter(ToSip::isOwedToSubmission).toList(),
                invitations,
                farewells,
                recent.stream().filter(Taken::isOfInvitation).toList(),
                noSessionsUntil,
                false,
                dialog,
                becoming,
                handedOn);
    }

    /** Whether a message has no answer yet, or a session is being set up. */
    public boolean isInTransit() {
        boolean settled = leg instanceof Leg.NoSession || leg instanceof Leg.Open || leg instanceof Leg.Leaving;
        return !settled || !toImps.isEmpty() || !toSip.isEmpty();
    }

    /** Whether nothing is open: no session, no message, no invitation; there may be something to order again. */
    public boolean isQuiet() {
        return leg instanceof Leg.NoSession
                && toImps.isEmpty()
                && toSip.isEmpty()
                && invitations.isEmpty()
                && handedOn.isEmpty();
    }

    /** Asker of a report on a message of the IMPS user. */
    Asker askerOf(ToSip item) {
        InstantMessage message = item.message();
        return new Event.AskedBySsp(
                item.origins().getFirst(),
                parties.peer(),
                message.messageId(),
                parties.impsAddress(),
                message.recipient(),
                message.contentType());
    }
}
