package org.impsiwf.mapping.hosting;

import java.util.Optional;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipTransactionId;

/**
 * One invitee of a hosted chat.
 *
 * @param towardsHost the dialog with the host that is this invitee's: one of the several that its INVITE makes
 * @param crossing a re-INVITE of either side that waits for the other's answer
 */
record Seat(Guest guest, InviteUsageId towardsHost, Standing standing, Optional<Crossing> crossing) {

    /** Who sits there, and where he is reached. */
    sealed interface Guest {

        /** A SIP user: our INVITE to it. */
        record OfSip(String uri, InviteUsageId invitation) implements Guest {}

        /**
         * An IMPS user, whom the host's talk with it speaks for.
         *
         * @param talk text of the mailbox key
         */
        record OfImps(String address, String talk) implements Guest {}
    }

    enum Standing {
        /** Invited, no answer yet. */
        ASKED,
        /** In the chat. */
        IN,
        /** Refused, or has left. */
        GONE
    }

    /** @param fromHost whether the host has asked */
    record Crossing(boolean fromHost, SipTransactionId transaction) {}

    static Seat asked(Guest guest, InviteUsageId towardsHost) {
        return new Seat(guest, towardsHost, Standing.ASKED, Optional.empty());
    }

    Seat now(Standing next) {
        return new Seat(guest, towardsHost, next, crossing);
    }

    Seat with(Optional<Crossing> next) {
        return new Seat(guest, towardsHost, standing, next);
    }

    boolean is(Standing what) {
        return standing == what;
    }

    /** Whether that usage is its invitation. */
    boolean isInvitation(InviteUsageId usage) {
        return guest instanceof Guest.OfSip sip && sip.invitation().equals(usage);
    }
}
