package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.NOTIFICATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.util.List;
import java.util.Optional;

/** SSP 17: groups. */
public sealed interface GroupPrimitive extends Primitive {

    @Section("17.1.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record CreateGroupRequest(
            MetaInformation metaInformation,
            GroupId groupId,
            GroupProperties groupProps,
            boolean joinGroup,
            Optional<ScreenName> screenName,
            boolean subscribeNotif)
            implements GroupPrimitive {}

    @Section("17.1.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record DeleteGroupRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    /** {@code joinedUsersAge}: years, for the check of the minimum age. */
    @Section("17.1.3.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record JoinGroupRequest(
            MetaInformation metaInformation,
            GroupId groupId,
            @Attribute("joinedListRequest") boolean joinedRequest,
            Optional<ScreenName> screenName,
            boolean subscribeNotif,
            @Element("OwnProperties") Optional<OwnProperties> ownPropList,
            Optional<Long> joinedUsersAge)
            implements GroupPrimitive {}

    @Section("17.1.3.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record JoinGroupResponse(
            Status statusInfo,

            @Conditional("Joined-Request = Yes") @In("JoinedList") @Element("Name")
            List<String> joinedUserScreenNameList,

            @Conditional("server generated the screen name") Optional<ScreenName> screenName,
            @In("WelcomeNote") Optional<Content> welcomeText)
            implements GroupPrimitive {
        public JoinGroupResponse {
            joinedUserScreenNameList = List.copyOf(joinedUserScreenNameList);
        }
    }

    @Section("17.1.4.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record LeaveGroupRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    /** Answers LeaveGroupRequest with a Status, or removes users with Meta-Information (one-way). */
    @Section("17.1.4.1.2")
    @Use({RESPONSE, NOTIFICATION})
    @From(PROVIDER)
    record LeaveGroupIndication(
            @Conditional("transaction = ServerInitiatedLeaveGroup")
            Optional<MetaInformation> metaInformation,

            @Conditional("transaction = LeaveGroup") Optional<Status> statusInfo,

            @Added("tells a domain which of its users has to leave")
            List<User> leavingUsers,

            @Element("ReasonText") @EmptyIfAbsent String reasonText,

            @Conditional("transaction = ServerInitiatedLeaveGroup")
            Optional<GroupId> groupId)
            implements GroupPrimitive {
        public LeaveGroupIndication {
            leavingUsers = List.copyOf(leavingUsers);
            Rules.presentOnlyIf(metaInformation.isEmpty(), statusInfo, "Status-Info", "without Meta-Information");
            Rules.presentIf(metaInformation.isPresent(), groupId, "Group-ID", "with Meta-Information");
        }
    }

    @Section("17.1.6.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    @Element("GetJoinedUsersRequest")
    @Also("GetJoinedMemberRequest")
    record GetJoinedMemberRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    @Section("17.1.6.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    @Element("GetJoinedUsersResponse")
    @Also("GetJoinedMemberResponse")
    record GetJoinedMemberResponse(
            Status statusInfo,

            @Added("the joined administrators apart, as observed") @In("JoinedAdmin/UserMapList/UserMapping")
            List<Mapping> joinedAdminList,

            @In("JoinedUsers/UserMapList/UserMapping") @Also("JoinedUser") @Mandatory(mayBeEmpty = true)
            List<Mapping> joinedUserList,

            @Added("the blocked ones apart, as observed") @In("JoinedBlocked/UserMapList/UserMapping")
            List<Mapping> joinedBlockedList)
            implements GroupPrimitive {
        public GetJoinedMemberResponse {
            joinedAdminList = List.copyOf(joinedAdminList);
            joinedUserList = List.copyOf(joinedUserList);
            joinedBlockedList = List.copyOf(joinedBlockedList);
        }
    }

    @Section("17.1.7.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetGroupMemberRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    @Section("17.1.7.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetGroupMemberResponse(
            Status statusInfo,
            @In("Admins") List<UserId> userIdListAdm,
            @In("Moderators") List<UserId> userIdListMod,
            @In("OrdinaryUsers") List<UserId> userIdList)
            implements GroupPrimitive {
        public GetGroupMemberResponse {
            userIdListAdm = List.copyOf(userIdListAdm);
            userIdListMod = List.copyOf(userIdListMod);
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("17.1.8.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record AddGroupMemberRequest(MetaInformation metaInformation, GroupId groupId, List<UserId> userIdList)
            implements GroupPrimitive {
        public AddGroupMemberRequest {
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("17.1.9.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record RemoveGroupMemberRequest(
            MetaInformation metaInformation,
            GroupId groupId,
            @Mandatory List<UserId> userIdList) implements GroupPrimitive {
        public RemoveGroupMemberRequest {
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("17.1.10.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record MemberAccessRequest(
            MetaInformation metaInformation,
            GroupId groupId,
            @In("Admins") List<UserId> userIdListAdm,
            @In("Moderators") List<UserId> userIdListMod,
            @In("OrdinaryUsers") List<UserId> userIdList)
            implements GroupPrimitive {
        public MemberAccessRequest {
            userIdListAdm = List.copyOf(userIdListAdm);
            userIdListMod = List.copyOf(userIdListMod);
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("17.1.11.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetGroupPropsRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    @Section("17.1.11.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetGroupPropsResponse(Status statusInfo, GroupProperties groupPropList, OwnProperties ownPropList)
            implements GroupPrimitive {}

    @Section("17.1.12.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SetGroupPropsRequest(
            MetaInformation metaInformation,
            GroupId groupId,
            Optional<GroupProperties> groupPropList,
            Optional<OwnProperties> ownPropList)
            implements GroupPrimitive {}

    @Section("17.1.13.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record RejectListRequest(
            MetaInformation metaInformation,
            GroupId groupId,
            @In("AddUsers") List<UserId> addUserIdList,
            @In("RemoveUsers") List<UserId> removeUserIdList)
            implements GroupPrimitive {
        public RejectListRequest {
            addUserIdList = List.copyOf(addUserIdList);
            removeUserIdList = List.copyOf(removeUserIdList);
        }
    }

    @Section("17.1.13.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record RejectListResponse(
            Status statusInfo, @In("RejectList") List<UserId> rejectUserIdList) implements GroupPrimitive {
        public RejectListResponse {
            rejectUserIdList = List.copyOf(rejectUserIdList);
        }
    }

    @Section("17.1.14.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SubscribeGroupChangeRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    @Section("17.1.15.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UnsubscribeGroupChangeRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    @Section("17.1.16.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetGroupSubStatusRequest(MetaInformation metaInformation, GroupId groupId) implements GroupPrimitive {}

    @Section("17.1.16.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetGroupSubStatusResponse(
            Status statusInfo,
            GroupId groupId,

            @Attribute("subscribed") @Also("subscriptionStatus")
            SubscriptionStatus subscriptionStatus)
            implements GroupPrimitive {}

    /** SSP 17.1.16: whether a user is told of changes in a group. The wire says Yes or No for S and U. */
    enum SubscriptionStatus implements Literal {
        @Also({"S", "T", "True", "Y", "1"})
        SUBSCRIBED("Yes"),
        @Also({"U", "F", "False", "N", "0"})
        UNSUBSCRIBED("No");

        private final String literal;

        SubscriptionStatus(String literal) {
            this.literal = literal;
        }

        @Override
        public String literal() {
            return literal;
        }
    }

    /** Users in the blocked lists are also in the joined or left list (E-76). */
    @Section("17.1.17.1.1")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record GroupChangeNotice(
            MetaInformation metaInformation,
            @Mandatory List<User> subscribingUserIdList,
            GroupId groupId,
            @In("Joined") @Element("Name") List<String> joinedUserScreenNameList,
            @In("Left") @Element("Name") List<String> leftUserScreenNameList,
            @In("JoinedBlocked/UserList") List<Addressee> joinedBlockedUsersList,
            @In("LeftBlocked/UserList") List<Addressee> leftBlockedUsersList,
            Optional<GroupProperties> groupPropList,
            @Element("OwnProperties") Optional<OwnProperties> ownProps)
            implements GroupPrimitive {
        public GroupChangeNotice {
            subscribingUserIdList = List.copyOf(subscribingUserIdList);
            joinedUserScreenNameList = List.copyOf(joinedUserScreenNameList);
            leftUserScreenNameList = List.copyOf(leftUserScreenNameList);
            joinedBlockedUsersList = List.copyOf(joinedBlockedUsersList);
            leftBlockedUsersList = List.copyOf(leftBlockedUsersList);
        }
    }
}
