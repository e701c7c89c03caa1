package org.impsiwf.testkit.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive.AddGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.MemberAccessRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscriptionStatus;
import org.impsiwf.ssp.primitives.GroupPrimitive.UnsubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Group primitives (SSP 17) as lines, both ways. */
final class GroupLines {

    private GroupLines() {}

    /** What a host sends by itself; empty when the line is no group primitive. */
    static Optional<GroupPrimitive> request(FlowMessage m, ServiceId peer) {
        return Optional.ofNullable(
                switch (m.name()) {
                    case "GroupChangeNotice" -> notice(m, peer);
                    case "LeaveGroupIndication" ->
                        new LeaveGroupIndication(
                                Optional.of(SspWords.ofServer(peer)),
                                Optional.empty(),
                                SspWords.users(m, "users"),
                                m.field("reason", ""),
                                Optional.of(SspWords.group(m)));
                    default -> null;
                });
    }

    private static GroupChangeNotice notice(FlowMessage m, ServiceId peer) {
        List<Property> properties = SspWords.properties(m);
        List<Property> own = SspWords.ownProperties(m);
        return new GroupChangeNotice(
                SspWords.ofServer(peer),
                SspWords.users(m, "users"),
                SspWords.group(m),
                Words.list(m.field("joined", "")),
                Words.list(m.field("left", "")),
                List.of(),
                List.of(),
                properties.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new GroupProperties(properties, Optional.empty())),
                own.isEmpty() ? Optional.empty() : Optional.of(new OwnProperties(own)));
    }

    /** How a host answers {@code asked}; empty when the line is no response primitive of groups. */
    static Optional<GroupPrimitive> response(FlowMessage m, GroupPrimitive asked) {
        return Optional.ofNullable(
                switch (m.name().split(" ")[0]) {
                    case "JoinGroupResponse" ->
                        new JoinGroupResponse(
                                SspWords.status(m),
                                Words.list(m.field("joined", "")),
                                SspWords.screenName(m).map(name -> inGroup(name.name(), asked)),
                                Optional.ofNullable(m.fields().get("welcome")).map(Content::text));
                    case "LeaveGroupIndication" ->
                        new LeaveGroupIndication(
                                Optional.empty(), Optional.of(SspWords.status(m)), List.of(), "", Optional.empty());
                    case "GetJoinedMemberResponse" ->
                        new GetJoinedMemberResponse(
                                SspWords.status(m),
                                mappings(m, "admins"),
                                mappings(m, "joined"),
                                mappings(m, "blocked"));
                    case "GetGroupMemberResponse" ->
                        new GetGroupMemberResponse(
                                SspWords.status(m),
                                SspWords.userIds(m, "admins"),
                                SspWords.userIds(m, "moderators"),
                                SspWords.userIds(m, "users"));
                    case "GetGroupPropsResponse" ->
                        new GetGroupPropsResponse(
                                SspWords.status(m),
                                new GroupProperties(SspWords.properties(m), Optional.empty()),
                                new OwnProperties(SspWords.ownProperties(m)));
                    case "RejectListResponse" ->
                        new RejectListResponse(SspWords.status(m), SspWords.userIds(m, "users"));
                    case "GetGroupSubStatusResponse" ->
                        new GetGroupSubStatusResponse(
                                SspWords.status(m),
                                SspWords.group(m),
                                SspWords.yes(m, "subscribed")
                                        ? SubscriptionStatus.SUBSCRIBED
                                        : SubscriptionStatus.UNSUBSCRIBED);
                    default -> null;
                });
    }

    private static ScreenName inGroup(String name, GroupPrimitive asked) {
        if (asked instanceof JoinGroupRequest join) {
            return ScreenName.in(join.groupId(), name);
        }
        throw new IllegalArgumentException("a screen name for " + asked);
    }

    /** {@code Bob:bob,Tom}: screen names, with the users behind them where they are told. */
    private static List<Mapping> mappings(FlowMessage m, String field) {
        return Words.list(m.field(field, "")).stream()
                .map(entry -> entry.split(":"))
                .map(parts -> new Mapping(
                        parts[0],
                        parts.length > 1 ? Optional.of(new UserId(Words.impsUser(parts[1]))) : Optional.empty()))
                .toList();
    }

    /** What a group primitive says, as fields. */
    static void describe(GroupPrimitive primitive, Map<String, String> fields) {
        switch (primitive) {
            case CreateGroupRequest r -> {
                SspWords.meta(r.metaInformation(), fields);
                SspWords.group(r.groupId(), fields);
                SspWords.properties(r.groupProps().properties(), fields);
                fields.put("join", SspWords.yesNo(r.joinGroup()));
                r.screenName().ifPresent(name -> fields.put("screen-name", name.name()));
                fields.put("subscribe", SspWords.yesNo(r.subscribeNotif()));
            }
            case DeleteGroupRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case JoinGroupRequest r -> {
                about(r.metaInformation(), r.groupId(), fields);
                r.screenName().ifPresent(name -> fields.put("screen-name", name.name()));
                fields.put("joined-request", SspWords.yesNo(r.joinedRequest()));
                fields.put("subscribe", SspWords.yesNo(r.subscribeNotif()));
                r.joinedUsersAge().ifPresent(age -> fields.put("age", String.valueOf(age)));
                r.ownPropList().ifPresent(own -> SspWords.ownProperties(own.properties(), fields));
            }
            case LeaveGroupRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case GetJoinedMemberRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case GetGroupMemberRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case AddGroupMemberRequest r -> {
                about(r.metaInformation(), r.groupId(), fields);
                fields.put("users", SspWords.names(r.userIdList()));
            }
            case RemoveGroupMemberRequest r -> {
                about(r.metaInformation(), r.groupId(), fields);
                fields.put("users", SspWords.names(r.userIdList()));
            }
            case MemberAccessRequest r -> {
                about(r.metaInformation(), r.groupId(), fields);
                fields.put("admins", SspWords.names(r.userIdListAdm()));
                fields.put("moderators", SspWords.names(r.userIdListMod()));
                fields.put("users", SspWords.names(r.userIdList()));
            }
            case GetGroupPropsRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case SetGroupPropsRequest r -> {
                about(r.metaInformation(), r.groupId(), fields);
                r.groupPropList().ifPresent(group -> SspWords.properties(group.properties(), fields));
                r.ownPropList().ifPresent(own -> SspWords.ownProperties(own.properties(), fields));
            }
            case RejectListRequest r -> {
                about(r.metaInformation(), r.groupId(), fields);
                fields.put("add", SspWords.names(r.addUserIdList()));
                fields.put("remove", SspWords.names(r.removeUserIdList()));
            }
            case SubscribeGroupChangeRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case UnsubscribeGroupChangeRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case GetGroupSubStatusRequest r -> about(r.metaInformation(), r.groupId(), fields);
            case GroupChangeNotice r -> {
                SspWords.group(r.groupId(), fields);
                fields.put("users", users(r.subscribingUserIdList()));
                fields.put("joined", String.join(",", r.joinedUserScreenNameList()));
                fields.put("left", String.join(",", r.leftUserScreenNameList()));
            }
            case LeaveGroupIndication r -> {
                r.groupId().ifPresent(group -> SspWords.group(group, fields));
                fields.put("users", users(r.leavingUsers()));
                fields.put("reason", r.reasonText());
            }
            case JoinGroupResponse r -> describe(r.statusInfo(), fields);
            case GetJoinedMemberResponse r -> describe(r.statusInfo(), fields);
            case GetGroupMemberResponse r -> describe(r.statusInfo(), fields);
            case GetGroupPropsResponse r -> describe(r.statusInfo(), fields);
            case RejectListResponse r -> describe(r.statusInfo(), fields);
            case GetGroupSubStatusResponse r -> describe(r.statusInfo(), fields);
        }
    }

    private static void describe(Status status, Map<String, String> fields) {
        SspWords.detail(status, fields);
    }

    private static void about(MetaInformation meta, GroupId group, Map<String, String> fields) {
        SspWords.meta(meta, fields);
        SspWords.group(group, fields);
    }

    private static String users(List<User> users) {
        return users.stream()
                .map(user -> Words.shortName(user.userId().value()))
                .collect(Collectors.joining(","));
    }
}
