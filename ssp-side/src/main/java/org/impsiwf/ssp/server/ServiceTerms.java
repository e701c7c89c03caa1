package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Services;

/**
 * SSP 6.6.5, 10: what two operators settled about services before their servers meet.
 *
 * @param offered what we say that we provide, and the limit of what we agree to when the peer asks
 * @param desired what we ask for when we negotiate
 * @param offline what holds in either direction as long as nothing was negotiated in the session
 * @param online whether we negotiate first in each session, and nothing holds before; {@code offline} is not used then
 * @param lifetime of an agreement, asked for and at most granted; empty: as long as the session
 * @param onIndication what to do when the peer tells that it provides something else from now on (SSP 10.8.2)
 */
public record ServiceTerms(
        Services offered,
        Services desired,
        Services offline,
        boolean online,
        Optional<Duration> lifetime,
        OnIndication onIndication) {

    public ServiceTerms {
        for (Services services : List.of(offered, desired, offline)) {
            if (!ServiceTree.isComplete(services)) {
                throw new IllegalArgumentException("Complementary Invite without the types of Invite (SSP 10.4)");
            }
        }
    }

    /** What follows a ServiceIndication. */
    public enum OnIndication {
        IGNORE,
        /** What the peer no longer names is no longer asked of it. */
        FOLLOW,
        RENEGOTIATE,
        /** Both sessions end. */
        TERMINATE
    }

    /** All nodes of the tree. */
    public static final Services EVERYTHING = new Services(
            Optional.of(new Services.SapFeature(true, true, true, true)),
            Optional.of(new Services.CommonFeature(
                    Optional.of(new Services.Invite(true, true, true, true, true)),
                    true,
                    Optional.of(new Services.Search(true, true, true)),
                    true,
                    true,
                    true)),
            Optional.of(new Services.PresenceFeature(true, true, true, true)),
            Optional.of(new Services.ImFeature(
                    Optional.of(new Services.SendMsg(true, true)),
                    true,
                    true,
                    true,
                    true,
                    true,
                    true,
                    true,
                    true,
                    true,
                    true,
                    true,
                    true)),
            Optional.of(new Services.GroupFeature(true, true, true, true)));

    /** Session mode and pager mode, delivery reports, invitations to talk: what a gateway bridges. */
    public static final Services CONVERSATIONS = new Services(
            Optional.of(new Services.SapFeature(true, false, false, false)),
            Optional.of(invitationsTo(/* group= */ false)),
            Optional.empty(),
            Optional.of(messagesWithReports(Optional.empty(), /* extendConversation= */ false)),
            Optional.empty());

    /** {@link #CONVERSATIONS}, their extension to groups, and groups that the other side joins and manages here. */
    public static final Services CHAT = new Services(
            CONVERSATIONS.sap(),
            Optional.of(invitationsTo(/* group= */ true)),
            Optional.empty(),
            Optional.of(messagesWithReports(
                    Optional.of(new Services.SendMsg(/* groups= */ true, false)), /* extendConversation= */ true)),
            Optional.of(new Services.GroupFeature(true, true, true, true)));

    private static Services.CommonFeature invitationsTo(boolean group) {
        Services.Invite types = new Services.Invite(false, /* im= */ true, false, group, false);
        return new Services.CommonFeature(Optional.of(types), false, Optional.empty(), false, false, false);
    }

    private static Services.ImFeature messagesWithReports(
            Optional<Services.SendMsg> beyondUsers, boolean extendConversation) {
        return new Services.ImFeature(
                beyondUsers,
                false,
                false,
                false,
                false,
                false,
                false,
                /* deliveryReport= */ true,
                false,
                false,
                false,
                false,
                extendConversation);
    }

    /** A peer that never negotiates may ask for anything, and be asked. */
    public static final ServiceTerms DEFAULT =
            new ServiceTerms(CONVERSATIONS, EVERYTHING, EVERYTHING, false, Optional.empty(), OnIndication.FOLLOW);

    public ServiceTerms offering(Services other) {
        return new ServiceTerms(other, desired, offline, online, lifetime, onIndication);
    }

    public ServiceTerms agreedOffline(Services other) {
        return new ServiceTerms(offered, desired, other, false, lifetime, onIndication);
    }

    /** Nothing before it was negotiated in the session. */
    public ServiceTerms negotiating(Services wanted, Optional<Duration> agreementLifetime) {
        return new ServiceTerms(offered, wanted, offline, true, agreementLifetime, onIndication);
    }

    public ServiceTerms onIndication(OnIndication other) {
        return new ServiceTerms(offered, desired, offline, online, lifetime, other);
    }
}
