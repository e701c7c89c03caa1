package org.impsiwf.ssp.elements.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * An invitation that went through us.
 *
 * @param request as it came, with one of the invited
 * @param via the domain of the PSE that sent it to us, who are only the home of the invited; absent otherwise
 */
public record Invitation(
        Key key, InviteRequest request, Optional<String> via, Instant expires, List<Invitee> invitees) {

    public Invitation {
        invitees = List.copyOf(invitees);
    }

    /** Invite-IDs are the inviting user's own. */
    public record Key(UserId inviter, InviteId id) {

        /** Equal for two spellings of one address. */
        public String reference() {
            return inviter.value().toLowerCase(Locale.ROOT) + " " + id.value();
        }
    }

    /** How far it has come with one invited user. */
    public enum State {
        INVITED,
        ACCEPTED,
        REJECTED,
        CANCELLED
    }

    /**
     * One who is invited.
     *
     * @param note why it was accepted or rejected
     * @param told whether the inviting user has been sent the answer
     */
    public record Invitee(UserId user, State state, Optional<String> note, boolean told) {

        public static Invitee of(UserId user) {
            return new Invitee(user, State.INVITED, Optional.empty(), false);
        }

        boolean is(UserId other) {
            return user.value().equalsIgnoreCase(other.value());
        }

        boolean hasAnswered() {
            return state == State.ACCEPTED || state == State.REJECTED;
        }
    }

    InviteType type() {
        return request.inviteType();
    }

    Optional<Invitee> invitee(UserId user) {
        return invitees.stream().filter(one -> one.is(user)).findFirst();
    }

    boolean isOver(Instant now) {
        return !now.isBefore(expires);
    }

    /** The answers of these, who are not none, in one primitive. */
    InviteResponse answer(List<Invitee> answered) {
        List<FurtherAnswer> tuples = answered.stream()
                .map(one ->
                        new FurtherAnswer(one.state() == State.ACCEPTED, responding(User.of(one.user())), one.note()))
                .toList();
        FurtherAnswer first = tuples.getFirst();
        return new InviteResponse(
                Status.of(StatusCode.SUCCESSFUL),
                key.id(),
                request.invitingUser(),
                first.inviteAcceptance(),
                first.respondingUser(),
                first.inviteResponse(),
                Optional.empty(),
                tuples.subList(1, tuples.size()));
    }

    /** Who an answer says it is from: for a group that somebody asks to be a member of, the group (SSP Table 65). */
    private Addressee responding(Addressee user) {
        return type() == InviteType.GM && request.invitedUser() instanceof GroupId group ? group : user;
    }
}
