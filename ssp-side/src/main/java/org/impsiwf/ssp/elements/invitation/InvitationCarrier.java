package org.impsiwf.ssp.elements.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.Destination;
import org.impsiwf.ssp.elements.delivery.Pending;
import org.impsiwf.ssp.elements.delivery.Verdict;
import org.impsiwf.ssp.elements.im.Answers;
import org.impsiwf.ssp.elements.im.Blocks;
import org.impsiwf.ssp.elements.im.Origin;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Invitations, cancellations and answers on their way. */
final class InvitationCarrier implements Deliveries.Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(InvitationCarrier.class);

    private final Answering answering;
    private final Blocks blocks;
    private final ServiceAccessPoint sap;

    InvitationCarrier(Answering answering, Blocks blocks, ServiceAccessPoint sap) {
        this.answering = answering;
        this.blocks = blocks;
        this.sap = sap;
    }

    @Override
    public Verdict carry(Pending item, Instant now) {
        return switch (item.destination()) {
            case Destination.ToUser(UserId user) -> carry(item, user, now);
            case Destination.ToDomain(String domain) ->
                verdict(item, Answers.status(sap.ask(domain, item.primitive())), new Verdict.PutOff(), now);
            case Destination.Aside(String domain, long any) ->
                verdict(item, Answers.status(sap.ask(domain, item.primitive())), new Verdict.PutOff(), now);
        };
    }

    private Verdict carry(Pending item, UserId user, Instant now) {
        boolean local = sap.isHome(user.domain());
        if (local && !sap.isOnline(user)) {
            return new Verdict.Parked();
        }
        if (isBlocked(item, user)) {
            return failed(item, Status.of(StatusCode.UNABLE_TO_DELIVERY), now);
        }
        Verdict later = local ? new Verdict.Parked() : new Verdict.Down();
        return verdict(item, Answers.status(sap.deliver(user, item.primitive())), later, now);
    }

    // The user may have shut the inviter out since (SSP-397).
    private boolean isBlocked(Pending item, UserId user) {
        if (!(item.primitive() instanceof InviteUserRequest invite)) {
            return false;
        }
        Optional<ScreenName> name = invite.ownScreenName();
        Origin origin = new Origin(
                Optional.of(key(item, invite).inviter()), invite.inviteGroupId(), name, invite.inviteApplicationId());
        return !blocks.blocking(List.of(user), origin).isEmpty();
    }

    private Verdict verdict(Pending item, Status answer, Verdict later, Instant now) {
        if (answer.isSuccess()) {
            return Verdict.over();
        }
        if (Answers.isSilence(answer)) {
            return new Verdict.Down();
        }
        return Answers.mayBeRepeated(answer) || isAway(answer) ? later : failed(item, answer, now);
    }

    private static boolean isAway(Status answer) {
        return answer.statusCode() == StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN.code();
    }

    private Verdict failed(Pending item, Status why, Instant now) {
        LOG.info("{} {} was not taken: {}", item.kind(), item.reference(), why.statusCode());
        if (item.primitive() instanceof InviteUserRequest invite
                && item.destination() instanceof Destination.ToUser(UserId user)) {
            return new Verdict.Over(() -> answering.undeliverable(key(item, invite), user, why, now));
        }
        return Verdict.over();
    }

    private static Invitation.Key key(Pending item, InviteUserRequest invite) {
        String reference = item.reference();
        return new Invitation.Key(new UserId(reference.substring(0, reference.indexOf(' '))), invite.inviteId());
    }

    @Override
    public void expired(Pending item, Instant now) {
        LOG.info("{} {} has expired", item.kind(), item.reference());
    }
}
