package org.impsiwf.ssp.elements.groups;

import java.util.ArrayList;
import java.util.List;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** As requestor: our users in groups of other domains (SSP 17). */
final class GroupRequestor {

    private final ServiceAccessPoint sap;
    private final GroupsElsewhere elsewhere;

    GroupRequestor(ServiceAccessPoint sap, GroupsElsewhere elsewhere) {
        this.sap = sap;
        this.elsewhere = elsewhere;
    }

    /** Asks the group's domain on behalf of a user whose group PSE we are. */
    Primitive relay(ServiceRequest request, GroupId group) {
        boolean ours = request.peer().isEmpty()
                || request.user()
                        .filter(user -> sap.isPrimary(user, request.primitive().getClass()))
                        .isPresent();
        if (!ours) {
            throw Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }
        Primitive answer = sap.ask(group.domain(), request.primitive());
        request.user().ifPresent(user -> remember(request.primitive(), answer, group, user));
        return answer;
    }

    private void remember(Primitive request, Primitive answer, GroupId group, UserId user) {
        boolean done = succeeded(answer);
        switch (request) {
            case JoinGroupRequest join when done -> elsewhere.joined(group, user);
            case CreateGroupRequest create when done && create.joinGroup() -> elsewhere.joined(group, user);
            case LeaveGroupRequest leave when done -> elsewhere.left(group, user);
            default -> {}
        }
    }

    private static boolean succeeded(Primitive answer) {
        return switch (answer) {
            case Status status -> status.isSuccess();
            case JoinGroupResponse response -> response.statusInfo().isSuccess();
            case LeaveGroupIndication left ->
                left.statusInfo().filter(Status::isSuccess).isPresent();
            default -> false;
        };
    }

    /** A change in a group of another domain, for those of our users who are in it. */
    Status notice(GroupChangeNotice notice) {
        requireEntitled(notice.metaInformation(), notice.groupId());
        List<UserId> told = users(notice.subscribingUserIdList());
        List<UserId> joined =
                told.stream().filter(user -> isIn(notice.groupId(), user)).toList();
        if (joined.isEmpty()) {
            throw Refusal.of(
                    elsewhere.joined(notice.groupId()).isEmpty()
                            ? StatusCode.GROUP_DOES_NOT_EXIST
                            : StatusCode.GROUP_IS_NOT_JOINED);
        }
        sap.tell(joined, some -> forSome(notice, some));
        Outcomes outcomes = new Outcomes();
        joined.forEach(user -> outcomes.succeeded());
        told.stream()
                .filter(user -> !joined.contains(user))
                .forEach(user -> outcomes.failed(StatusCode.GROUP_IS_NOT_JOINED, user));
        return outcomes.status();
    }

    /** Where another domain is the user's group PSE, it is that domain which knows (SSP 5.2). */
    private boolean isIn(GroupId group, UserId user) {
        boolean kept = !sap.isHome(user.domain()) || sap.isPrimary(user, JoinGroupRequest.class);
        return !kept || elsewhere.isJoined(group, user);
    }

    private static GroupChangeNotice forSome(GroupChangeNotice notice, List<UserId> users) {
        return new GroupChangeNotice(
                notice.metaInformation(),
                users.stream().map(User::of).toList(),
                notice.groupId(),
                notice.joinedUserScreenNameList(),
                notice.leftUserScreenNameList(),
                notice.joinedBlockedUsersList(),
                notice.leftBlockedUsersList(),
                notice.groupPropList(),
                notice.ownProps());
    }

    /** SSP 17.1.5, one-way: these have to leave. Without names, as the document's table has it, it is all of ours. */
    Status removed(LeaveGroupIndication indication) {
        GroupId group = indication.groupId().orElseThrow(() -> Refusal.of(StatusCode.MISSING_GROUP_ID));
        MetaInformation meta = indication.metaInformation().orElseThrow(() -> Refusal.of(StatusCode.BAD_REQUEST));
        requireEntitled(meta, group);
        List<UserId> leaving = new ArrayList<>(users(indication.leavingUsers()));
        if (leaving.isEmpty()) {
            leaving.addAll(elsewhere.joined(group));
        }
        leaving.removeIf(user -> !isIn(group, user));
        leaving.forEach(user -> elsewhere.left(group, user));
        sap.tell(
                leaving,
                some -> new LeaveGroupIndication(
                        indication.metaInformation(),
                        indication.statusInfo(),
                        some.stream().map(User::of).toList(),
                        indication.reasonText(),
                        indication.groupId()));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    /** A group's domain speaks for it; for a group of ours, the one that hosts it for us does. */
    private void requireEntitled(MetaInformation meta, GroupId group) {
        if (!meta.serviceId().domain().equals(group.domain()) && !sap.isHome(group.domain())) {
            throw Refusal.of(StatusCode.FORBIDDEN, "the group is not of that domain");
        }
    }

    private static List<UserId> users(List<User> users) {
        return users.stream().map(User::userId).toList();
    }

    /** The group that a request is about. */
    static GroupId groupOf(GroupPrimitive request) {
        return switch (request) {
            case CreateGroupRequest r -> r.groupId();
            case GroupPrimitive.DeleteGroupRequest r -> r.groupId();
            case JoinGroupRequest r -> r.groupId();
            case LeaveGroupRequest r -> r.groupId();
            case GroupPrimitive.GetJoinedMemberRequest r -> r.groupId();
            case GroupPrimitive.GetGroupMemberRequest r -> r.groupId();
            case GroupPrimitive.AddGroupMemberRequest r -> r.groupId();
            case GroupPrimitive.RemoveGroupMemberRequest r -> r.groupId();
            case GroupPrimitive.MemberAccessRequest r -> r.groupId();
            case GroupPrimitive.GetGroupPropsRequest r -> r.groupId();
            case GroupPrimitive.SetGroupPropsRequest r -> r.groupId();
            case GroupPrimitive.RejectListRequest r -> r.groupId();
            case GroupPrimitive.SubscribeGroupChangeRequest r -> r.groupId();
            case GroupPrimitive.UnsubscribeGroupChangeRequest r -> r.groupId();
            case GroupPrimitive.GetGroupSubStatusRequest r -> r.groupId();
            default -> throw new IllegalStateException("no request about a group: " + request);
        };
    }
}
