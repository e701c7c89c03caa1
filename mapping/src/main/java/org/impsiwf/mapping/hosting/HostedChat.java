package org.impsiwf.mapping.hosting;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.InviteUsageId;

/**
 * One chat that a SIP client hosts. Its media is none of ours: who was invited connects to the host's path.
 *
 * @param invitation the host's INVITE, from which a dialog is made for each invitee
 * @param refused URIs of the host's list that nobody is invited by
 * @param settled whether every invitee has answered, so that the INVITE waits no more
 * @param due when unanswered invitations are given up; once settled, only when the state is saved anew
 */
public record HostedChat(
        InviteUsageId invitation, List<Seat> seats, List<String> refused, boolean settled, Instant due) {

    public HostedChat {
        seats = List.copyOf(seats);
        refused = List.copyOf(refused);
    }

    public Optional<Instant> deadline() {
        return Optional.of(due);
    }
}
