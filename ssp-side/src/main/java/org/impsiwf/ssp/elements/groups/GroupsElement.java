package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.GroupHistory;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.GroupPrimitive.AddGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupSubStatusRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.MemberAccessRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.RemoveGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.UnsubscribeGroupChangeRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * The Group Service Element (SSP 17): provider for the groups that are hosted here, for our users and those of other
 * domains alike, and requestor for our users in groups elsewhere.
 */
public final class GroupsElement implements ServiceElement {

    private final GroupContext context;
    private final GroupRequestor requestor;
    private final GroupLifecycle lifecycle;
    private final Joining joining;
    private final MemberLists members;
    private final PropertyChanges properties;
    private final ChangeSubscriptions subscriptions;
    private final GroupMessages messages;
    private final HostedGroups hosted;
    private final ConversationExtensions conversations;

    public GroupsElement(
            GroupContext context, GroupsElsewhere elsewhere, ConversationContext extensions, InstantSource clock) {
        this.context = context;
        GroupNotices notices = new GroupNotices(context);
        Entrance entrance = new Entrance(context);
        requestor = new GroupRequestor(context.sap(), elsewhere);
        lifecycle = new GroupLifecycle(context, entrance, notices);
        conversations = new ConversationExtensions(context, extensions, lifecycle, entrance, notices, clock);
        joining = new Joining(context, entrance, notices, conversations);
        members = new MemberLists(context, joining, notices);
        properties = new PropertyChanges(context, notices);
        subscriptions = new ChangeSubscriptions(context);
        messages = new GroupMessages(context, clock);
        hosted = new HostedGroups(context, messages);
    }

    /** The groups as other elements need them. */
    public Groups groups() {
        return hosted;
    }

    public GroupHistory history() {
        return messages;
    }

    /** The part that turns conversations into groups, a Service Element of its own. */
    public ConversationExtensions conversations() {
        return conversations;
    }

    /**
     * Makes a public group, which belongs to the server.
     *
     * @throws org.impsiwf.ssp.elements.Refusal 801, 806, 815 or 822
     */
    public void createPublic(GroupId group, GroupProperties settings, Instant now) {
        lifecycle.createPublic(group, settings, now);
    }

    /** Takes out users of ours whose clients are gone without having left, and tells the others so (SSP 17.1.17). */
    public void departed(GroupId group, Collection<UserId> users) {
        joining.departed(group, users);
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(
                CreateGroupRequest.class,
                DeleteGroupRequest.class,
                JoinGroupRequest.class,
                LeaveGroupRequest.class,
                LeaveGroupIndication.class,
                GetJoinedMemberRequest.class,
                GetGroupMemberRequest.class,
                AddGroupMemberRequest.class,
                RemoveGroupMemberRequest.class,
                MemberAccessRequest.class,
                GetGroupPropsRequest.class,
                SetGroupPropsRequest.class,
                RejectListRequest.class,
                SubscribeGroupChangeRequest.class,
                UnsubscribeGroupChangeRequest.class,
                GetGroupSubStatusRequest.class,
                GroupChangeNotice.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch (request.primitive()) {
            case GroupChangeNotice notice -> requestor.notice(notice);
            case LeaveGroupIndication indication -> requestor.removed(indication);
            case GroupPrimitive about -> {
                GroupId group = GroupRequestor.groupOf(about);
                yield isOurs(about, group) ? provide(request, about) : requestor.relay(request, group);
            }
            default -> throw new IllegalStateException("not for this element: " + request.primitive());
        };
    }

    /** A group is made where its user's PSE is, whatever domain its name has (SSP-020). */
    private boolean isOurs(GroupPrimitive request, GroupId group) {
        return request instanceof CreateGroupRequest || hosted.isHosted(group);
    }

    private Primitive provide(ServiceRequest request, GroupPrimitive about) {
        return about instanceof GetJoinedMemberRequest joined
                ? joinedMembers(joined.groupId())
                : provide(about, request.requiredUser(), request.at());
    }

    private Primitive provide(GroupPrimitive about, UserId user, Instant now) {
        return switch (about) {
            case CreateGroupRequest create -> lifecycle.create(create, user, now);
            case DeleteGroupRequest delete -> lifecycle.delete(delete.groupId(), user);
            case JoinGroupRequest join -> joining.join(join, user, now);
            case LeaveGroupRequest leave -> joining.leave(leave.groupId(), user);
            case GetGroupMemberRequest get -> members.members(get.groupId(), user);
            case AddGroupMemberRequest add -> members.add(add, user);
            case RemoveGroupMemberRequest remove -> members.remove(remove, user);
            case MemberAccessRequest access -> members.changeRoles(access, user);
            case GetGroupPropsRequest get -> properties.get(get.groupId(), user);
            case SetGroupPropsRequest set -> properties.set(set, user);
            case RejectListRequest reject -> members.rejectList(reject, user);
            case SubscribeGroupChangeRequest wish -> subscriptions.set(wish.groupId(), user, /* subscribed= */ true);
            case UnsubscribeGroupChangeRequest wish -> subscriptions.set(wish.groupId(), user, /* subscribed= */ false);
            case GetGroupSubStatusRequest get -> subscriptions.status(get.groupId(), user);
            default -> throw new IllegalStateException("not for a provider: " + about);
        };
    }

    /** For other domains' IM elements, which bring messages to the members (SSP 16.2.1); it has no counterpart in CSP. */
    private GetJoinedMemberResponse joinedMembers(GroupId id) {
        context.existing(id);
        List<Mapping> joined = context.store().joined(id).stream()
                .map(who -> new Mapping(who.presence().orElseThrow().screenName(), Optional.of(who.user())))
                .toList();
        return new GetJoinedMemberResponse(Status.of(StatusCode.SUCCESSFUL), List.of(), joined, List.of());
    }

    /** E-75: who is not logged in is told nothing of its groups, and subscribes again. */
    @Override
    public void sessionEnded(UserId user, Optional<ClientId> client) {
        if (!context.sap().isOnline(user)) {
            context.store().unsubscribeEverywhere(user);
        }
    }

    @Override
    public void expire(Instant now) {
        lifecycle.expire(now);
    }
}
