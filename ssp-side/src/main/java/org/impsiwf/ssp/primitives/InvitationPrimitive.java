package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.DEFERRED_RESPONSE;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR_1;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR_2;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SSP 13.1.7 and 13.1.8: invitations and their cancellation; the primitives with {@code User} in their names run
 * between the provider and the invited user's domain. One primitive per invited entity, as peers write them.
 */
public sealed interface InvitationPrimitive extends Primitive {

    InviteId inviteId();

    @Section("13.1.7.3.1")
    @Use(REQUEST)
    @From(REQUESTOR_1)
    record InviteRequest(
            MetaInformation metaInformation,
            InviteId inviteId,
            InviteType inviteType,
            @In("Inviting") Addressee invitingUser,
            @In("Invited") Addressee invitedUser,

            @Conditional("Invite-Type in {GR, GM, EC}; may be there in AP") @Element("GroupID")
            Optional<GroupId> inviteGroupId,

            @Conditional("Invite-Type = AP") @Element("ApplicationID")
            Optional<ApplicationId> inviteApplicationId,

            @Conditional("may be there if Invite-Type in {PR, AP}")
            Optional<PresenceAttributeList> invitePresenceAttributeList,

            @Conditional("Invite-Type = SC; may be there in AP") @In("ContentIDList")
            List<ContentId> inviteContentIdList,

            @Element("InviteNote") Optional<String> inviteReason,
            Optional<ScreenName> ownScreenName,
            Optional<Duration> validity)
            implements InvitationPrimitive {
        public InviteRequest {
            inviteContentIdList = List.copyOf(inviteContentIdList);
            requireMatchingType(
                    inviteType, inviteGroupId, inviteApplicationId, invitePresenceAttributeList, inviteContentIdList);
            Rules.requireValue(inviteType != InviteType.EG, "Invite-Type", "EG goes to invited users only (E-37)");
        }

        /** The same for one of those that it stands for. */
        public InviteRequest withInvitedUser(Addressee invited) {
            return with(inviteId, invited);
        }

        public InviteRequest withInviteId(InviteId other) {
            return with(other, invitedUser);
        }

        private InviteRequest with(InviteId id, Addressee invited) {
            return new InviteRequest(
                    metaInformation,
                    id,
                    inviteType,
                    invitingUser,
                    invited,
                    inviteGroupId,
                    inviteApplicationId,
                    invitePresenceAttributeList,
                    inviteContentIdList,
                    inviteReason,
                    ownScreenName,
                    validity);
        }

        /** What the invited user's domain is told, by whom {@code meta} says. */
        public InviteUserRequest forUser(MetaInformation meta, Addressee invited) {
            return new InviteUserRequest(
                    meta,
                    inviteId,
                    inviteType,
                    invitingUser,
                    invited,
                    inviteGroupId,
                    inviteApplicationId,
                    invitePresenceAttributeList,
                    inviteContentIdList,
                    inviteReason,
                    ownScreenName,
                    validity);
        }
    }

    @Section("13.1.7.3.2")
    @Use(DEFERRED_RESPONSE)
    @From(PROVIDER)
    record InviteResponse(
            Status statusInfo,
            InviteId inviteId,
            @In("Inviting") Addressee invitingUser,
            @Attribute("acceptance") boolean inviteAcceptance,
            @In("Responding") Addressee respondingUser,
            @Element("ResponseNote") Optional<String> inviteResponse,
            Optional<ScreenName> ownScreenName,

            @Added("E-38: several invited users may have answered")
            List<FurtherAnswer> furtherAnswers)
            implements InvitationPrimitive {

        public InviteResponse {
            furtherAnswers = List.copyOf(furtherAnswers);
        }

        /** Of one invited user. */
        public InviteResponse(
                Status statusInfo,
                InviteId inviteId,
                Addressee invitingUser,
                boolean inviteAcceptance,
                Addressee respondingUser,
                Optional<String> inviteResponse,
                Optional<ScreenName> ownScreenName) {
            this(
                    statusInfo,
                    inviteId,
                    invitingUser,
                    inviteAcceptance,
                    respondingUser,
                    inviteResponse,
                    ownScreenName,
                    List.of());
        }

        /** What each of them has answered, the first one too. */
        public List<FurtherAnswer> answers() {
            return FurtherAnswer.all(inviteAcceptance, respondingUser, inviteResponse, furtherAnswers);
        }

        /** With the two users exchanged, for peers that write them the wrong way round. */
        public InviteResponse exchanged() {
            return with(inviteId, /* inviting= */ respondingUser, /* responding= */ invitingUser);
        }

        public InviteResponse withInviteId(InviteId other) {
            return with(other, invitingUser, respondingUser);
        }

        private InviteResponse with(InviteId id, Addressee inviting, Addressee responding) {
            return new InviteResponse(
                    statusInfo,
                    id,
                    inviting,
                    inviteAcceptance,
                    responding,
                    inviteResponse,
                    ownScreenName,
                    furtherAnswers);
        }
    }

    /** The answer of one more invited user in the same primitive: one tuple of SSP 13.1.7. */
    @Element("FurtherResponding")
    record FurtherAnswer(
            @Attribute("acceptance") boolean inviteAcceptance,
            @In("Responding") Addressee respondingUser,
            @Element("ResponseNote") Optional<String> inviteResponse) {

        private static List<FurtherAnswer> all(
                boolean acceptance, Addressee user, Optional<String> note, List<FurtherAnswer> further) {
            return Stream.concat(Stream.of(new FurtherAnswer(acceptance, user, note)), further.stream())
                    .toList();
        }
    }

    @Section("13.1.7.3.3")
    @Use(REQUEST)
    @From(PROVIDER)
    record InviteUserRequest(
            MetaInformation metaInformation,
            InviteId inviteId,
            InviteType inviteType,
            @In("Inviting") Addressee invitingUser,
            @In("Invited") Addressee invitedUser,

            @Conditional("Invite-Type in {GR, GM, EC, EG}; may be there in AP") @Element("GroupID")
            Optional<GroupId> inviteGroupId,

            @Conditional("Invite-Type = AP") @Element("ApplicationID")
            Optional<ApplicationId> inviteApplicationId,

            @Conditional("may be there if Invite-Type in {PR, AP}")
            Optional<PresenceAttributeList> invitePresenceAttributeList,

            @Conditional("Invite-Type = SC; may be there in AP") @In("ContentIDList")
            List<ContentId> inviteContentIdList,

            @Element("InviteNote") Optional<String> inviteReason,
            Optional<ScreenName> ownScreenName,
            Optional<Duration> validity)
            implements InvitationPrimitive {
        public InviteUserRequest {
            inviteContentIdList = List.copyOf(inviteContentIdList);
            requireMatchingType(
                    inviteType, inviteGroupId, inviteApplicationId, invitePresenceAttributeList, inviteContentIdList);
        }

        public InviteUserRequest withInviteId(InviteId other) {
            return new InviteUserRequest(
                    metaInformation,
                    other,
                    inviteType,
                    invitingUser,
                    invitedUser,
                    inviteGroupId,
                    inviteApplicationId,
                    invitePresenceAttributeList,
                    inviteContentIdList,
                    inviteReason,
                    ownScreenName,
                    validity);
        }

        /** The request that it may have come from. EG, which is for invited users only (E-37), becomes EC. */
        public InviteRequest asRequest(MetaInformation meta) {
            return new InviteRequest(
                    meta,
                    inviteId,
                    inviteType == InviteType.EG ? InviteType.EC : inviteType,
                    invitingUser,
                    invitedUser,
                    inviteGroupId,
                    inviteApplicationId,
                    invitePresenceAttributeList,
                    inviteContentIdList,
                    inviteReason,
                    ownScreenName,
                    validity);
        }
    }

    @Section("13.1.7.3.4")
    @Use(DEFERRED_RESPONSE)
    @From(REQUESTOR_2)
    record InviteUserResponse(
            Status statusInfo,
            InviteId inviteId,
            @In("Inviting") Addressee invitingUser,
            @Attribute("acceptance") boolean inviteAcceptance,
            @In("Responding") Addressee respondingUser,
            @Element("ResponseNote") Optional<String> inviteResponse,
            Optional<ScreenName> ownScreenName,

            @Added("E-38: several invited users may have answered")
            List<FurtherAnswer> furtherAnswers)
            implements InvitationPrimitive {

        public InviteUserResponse {
            furtherAnswers = List.copyOf(furtherAnswers);
        }

        /** What each of them has answered, the first one too. */
        public List<FurtherAnswer> answers() {
            return FurtherAnswer.all(inviteAcceptance, respondingUser, inviteResponse, furtherAnswers);
        }

        public InviteUserResponse withInviteId(InviteId other) {
            return new InviteUserResponse(
                    statusInfo,
                    other,
                    invitingUser,
                    inviteAcceptance,
                    respondingUser,
                    inviteResponse,
                    ownScreenName,
                    furtherAnswers);
        }
    }

    /** The conditions rest on the type of the invitation that is cancelled, which this primitive does not repeat. */
    @Section("13.1.8.3.1")
    @Use(REQUEST)
    @From(REQUESTOR_1)
    @Also("CancellInviteRequest")
    record CancelInviteRequest(
            MetaInformation metaInformation,
            InviteId inviteId,
            @In("Canceling") Addressee cancelingUser,
            @In("Canceled") Addressee canceledUser,

            @Conditional("related Invite-Type in {GR, GM, EC}; may be there in AP") @Element("GroupID")
            Optional<GroupId> canceledGroupId,

            @Conditional("related Invite-Type = AP") @Element("ApplicationID")
            Optional<ApplicationId> canceledApplicationId,

            @Conditional("may be there if related Invite-Type in {PR, AP}")
            Optional<PresenceAttributeList> canceledPresenceAttributeList,

            @Conditional("related Invite-Type = SC; may be there in AP") @In("ContentIDList")
            List<ContentId> canceledContentIdList,

            @Element("CancelNote") Optional<String> cancelReason,
            Optional<ScreenName> ownScreenName)
            implements InvitationPrimitive {
        public CancelInviteRequest {
            canceledContentIdList = List.copyOf(canceledContentIdList);
        }

        /** The same for one of those that it stands for. */
        public CancelInviteRequest withCanceledUser(Addressee canceled) {
            return new CancelInviteRequest(
                    metaInformation,
                    inviteId,
                    cancelingUser,
                    canceled,
                    canceledGroupId,
                    canceledApplicationId,
                    canceledPresenceAttributeList,
                    canceledContentIdList,
                    cancelReason,
                    ownScreenName);
        }

        /** What the invited user's domain is told, by whom {@code meta} says. */
        public CancelInviteUserRequest forUser(MetaInformation meta, Addressee canceled) {
            return new CancelInviteUserRequest(
                    meta,
                    inviteId,
                    cancelingUser,
                    Optional.of(canceled),
                    canceledGroupId,
                    canceledApplicationId,
                    canceledPresenceAttributeList,
                    canceledContentIdList,
                    cancelReason,
                    ownScreenName);
        }
    }

    /** As {@link CancelInviteRequest}, towards the invited user's domain. */
    @Section("13.1.8.3.2")
    @Use(REQUEST)
    @From(PROVIDER)
    @Also("CancellInviteUserRequest")
    record CancelInviteUserRequest(
            MetaInformation metaInformation,
            InviteId inviteId,
            @In("Canceling") Addressee cancelingUser,

            @Conditional("related Invite-Type is not GM") @In("Canceled")
            Optional<Addressee> canceledUser,

            @Conditional("related Invite-Type in {GR, GM, EC, EG}; may be there in AP") @Element("GroupID")
            Optional<GroupId> canceledGroupId,

            @Conditional("related Invite-Type = AP") @Element("ApplicationID")
            Optional<ApplicationId> canceledApplicationId,

            @Conditional("may be there if related Invite-Type in {PR, AP}")
            Optional<PresenceAttributeList> canceledPresenceAttributeList,

            @Conditional("related Invite-Type = SC; may be there in AP") @In("ContentIDList")
            List<ContentId> canceledContentIdList,

            @Element("CancelNote") Optional<String> cancelReason,
            Optional<ScreenName> ownScreenName)
            implements InvitationPrimitive {
        public CancelInviteUserRequest {
            canceledContentIdList = List.copyOf(canceledContentIdList);
            Rules.presentIf(canceledGroupId.isEmpty(), canceledUser, "Canceled-User", "unless a group was invited");
        }
    }

    private static void requireMatchingType(
            InviteType type,
            Optional<GroupId> group,
            Optional<ApplicationId> application,
            Optional<PresenceAttributeList> attributes,
            List<ContentId> contents) {
        boolean ap = type == InviteType.AP;
        Rules.presentIf(type.needsGroup(), group, "Invite-Group-ID", "for this Invite-Type", 429);
        Rules.absentUnless(type.needsGroup() || ap, group, "Invite-Group-ID", "for types with a group");
        Rules.presentIf(ap, application, "Invite-Application-ID", "for AP", 450);
        Rules.absentUnless(ap, application, "Invite-Application-ID", "for AP");
        Rules.absentUnless(ap || type == InviteType.PR, attributes, "Invite-Presence-Attribute-List", "for PR and AP");
        Rules.presentIf(type == InviteType.SC, contents, "Invite-Content-ID-List", "for SC");
        Rules.absentUnless(ap || type == InviteType.SC, contents, "Invite-Content-ID-List", "for SC and AP");
    }
}
