package org.impsiwf.mapping.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.hosting.Seat.Guest;
import org.impsiwf.mapping.hosting.Seat.Standing;
import org.impsiwf.mapping.statuses.RefusedUris;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;

/** A decision about a hosted chat in the making: the chat as it will be, and the orders. */
final class Hosting extends Orders {

    /** A settled chat has no deadline of its own; its state must not be forgotten while it lasts. */
    private static final Duration KEPT = Duration.ofHours(6);

    final InviteUsageId invitation;
    private final List<Seat> seats = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private boolean settled;
    private boolean over;

    Hosting(MailboxKey key, InviteUsageId invitation, Moment moment) {
        super(key, moment);
        this.invitation = invitation;
    }

    Hosting(MailboxKey key, HostedChat before, Moment moment) {
        this(key, before.invitation(), moment);
        seats.addAll(before.seats());
        refused.addAll(before.refused());
        settled = before.settled();
    }

    HostedChatRules.Outcome outcome(HostedChat before) {
        var due = settled ? in(KEPT) : before.due();
        return new HostedChatRules.Outcome(
                over ? Optional.empty() : Optional.of(new HostedChat(invitation, seats, refused, settled, due)),
                commands());
    }

    HostedChatRules.Outcome begun() {
        var due = in(policy().invitationWait().plus(policy().connectWait()));
        return new HostedChatRules.Outcome(
                over ? Optional.empty() : Optional.of(new HostedChat(invitation, seats, refused, settled, due)),
                commands());
    }

    void add(Seat seat) {
        seats.add(seat);
    }

    void leaveOut(String uri) {
        refused.add(uri);
    }

    /** Who of the list is left out, for an answer to the host (RFC 5318). */
    Map<String, String> leftOut() {
        return RefusedUris.header(refused);
    }

    List<Seat> seats() {
        return List.copyOf(seats);
    }

    boolean isSettled() {
        return settled;
    }

    Optional<Seat> find(Predicate<Seat> wanted) {
        return seats.stream().filter(wanted).findFirst();
    }

    void put(Seat old, Seat next) {
        seats.set(seats.indexOf(old), next);
    }

    private boolean any(Standing standing) {
        return seats.stream().anyMatch(seat -> seat.is(standing));
    }

    /** The invitee takes no part any more; whoever of both sides still has a dialog is told. */
    void leave(Seat seat, boolean guestKnows, boolean hostKnows) {
        if (seat.is(Standing.GONE)) {
            return;
        }
        put(seat, seat.now(Standing.GONE));
        if (!hostKnows) {
            sip(new SipCommand.EndUsage(seat.towardsHost(), Optional.empty()));
        }
        if (!guestKnows) {
            switch (seat.guest()) {
                case Guest.OfSip(String uri, InviteUsageId usage) ->
                    sip(new SipCommand.EndUsage(usage, Optional.empty()));
                case Guest.OfImps(String address, String talk) ->
                    tellTalk(
                            talk,
                            seat.is(Standing.IN)
                                    ? new SipEvent.ByeReceived(seat.towardsHost(), Optional.empty())
                                    : new SipEvent.InviteCancelled(seat.towardsHost()));
            }
        }
    }

    void tellTalk(String talk, SipEvent event) {
        tell(
                MailboxKey.parse(talk).orElseThrow(() -> new IllegalStateException("no mailbox: " + talk)),
                new Event.Sip(event));
    }

    /** The host has left, or nobody is left for it to host. */
    void endAll() {
        seats().forEach(seat -> leave(seat, false, false));
        over();
    }

    /**
     * After somebody has answered or left: the host's INVITE has its final answer once nobody is waited for, and fewer than two
     * are no chat.
     *
     * @param refusal what the host hears when nobody came
     */
    void settle(Response refusal) {
        if (any(Standing.ASKED)) {
            return;
        }
        if (!settled) {
            settled = true;
            // Says nothing on the wire when one of its dialogs was accepted.
            sip(new SipCommand.RefuseInvite(invitation, refusal));
        }
        if (!any(Standing.IN)) {
            over();
        }
    }

    void over() {
        over = true;
        if (!settled) {
            sip(new SipCommand.RefuseInvite(invitation, Response.of(487)));
        }
        forget(invitation);
    }

    /** The host's INVITE was turned down before anybody was asked. */
    void refused(Response refusal) {
        settled = true;
        sip(new SipCommand.RefuseInvite(invitation, refusal));
        over();
    }
}
