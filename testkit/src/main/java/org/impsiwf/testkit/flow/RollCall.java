package org.impsiwf.testkit.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Keeps the {@link Roll} by what the gateway and one host say to each other. */
final class RollCall {

    private static final int PARTLY = 201;
    private static final int NO_GROUP = 800;
    private static final int ALREADY_IN = 807;
    private static final int NOT_IN = 808;

    private final Roll roll;
    private final String host;
    private final Map<ExtendConversationId, UserId> extending = new HashMap<>();

    RollCall(Roll roll, String host) {
        this.roll = roll;
        this.host = host;
    }

    /** Who asks for an extension is in the group that comes of it; who leaves is out, whatever becomes of the request. */
    void ordered(Primitive primitive) {
        switch (primitive) {
            case GroupPrimitive.LeaveGroupRequest r ->
                user(r.metaInformation()).ifPresent(user -> roll.left(user, r.groupId()));
            case ImPrimitive.ExtendConversationRequest r ->
                user(r.metaInformation()).ifPresent(user -> extending.put(r.extendConversationId(), user));
            case InvitationPrimitive.InviteResponse r ->
                roll.answered(host, r.inviteId().value());
            case InvitationPrimitive.InviteUserResponse r ->
                roll.answered(host, r.inviteId().value());
            default -> {
                // It changes nothing about who is in.
            }
        }
    }

    private static Optional<String> invitation(Primitive request) {
        return switch (request) {
            case InvitationPrimitive.InviteRequest r -> Optional.of(r.inviteId().value());
            case InvitationPrimitive.InviteUserRequest r ->
                Optional.of(r.inviteId().value());
            default -> Optional.empty();
        };
    }

    /** The host has done what it was asked for, or says that it does not know the user in that group. */
    void answered(Primitive asked, int code) {
        boolean done = code / 100 == 2 || code == ALREADY_IN;
        switch (asked) {
            case GroupPrimitive.JoinGroupRequest r when done -> entered(r.metaInformation(), r.groupId());
            case GroupPrimitive.CreateGroupRequest r
            when done && r.joinGroup() -> entered(r.metaInformation(), r.groupId());
            case SendMessageRequest r when code == NO_GROUP || code == NOT_IN -> notIn(r);
            default -> {
                // It changes nothing about who is in.
            }
        }
    }

    private void entered(MetaInformation who, GroupId group) {
        user(who).ifPresent(user -> roll.entered(host, user, group));
    }

    private void notIn(SendMessageRequest message) {
        user(message.metaInformation())
                .ifPresent(user -> message.messageInfo().recipients().stream()
                        .map(MessageInfo.Recipient::addressee)
                        .filter(GroupId.class::isInstance)
                        .map(GroupId.class::cast)
                        .forEach(group -> roll.left(user, group)));
    }

    /** What the host says of its groups by itself. */
    void said(Primitive request) {
        switch (request) {
            case ImPrimitive.ExtendConversationResponse r
            when r.result().isSuccess() ->
                Optional.ofNullable(extending.get(r.extendConversationId()))
                        .ifPresent(user -> roll.entered(host, user, r.groupId()));
            case InvitationPrimitive.CancelInviteRequest r ->
                roll.answered(host, r.inviteId().value());
            case InvitationPrimitive.CancelInviteUserRequest r ->
                roll.answered(host, r.inviteId().value());
            case GroupPrimitive.LeaveGroupIndication r ->
                r.groupId().ifPresent(group -> {
                    if (r.leavingUsers().isEmpty()) {
                        roll.ended(group);
                    }
                    r.leavingUsers().forEach(user -> roll.left(user.userId(), group));
                });
            default -> {
                // It changes nothing about who is in.
            }
        }
    }

    /** The host's message is accepted for all whom it addresses but those who are named with a reason. */
    void promised(Primitive request, Status status) {
        if (status.isSuccess()) {
            invitation(request).ifPresent(id -> roll.invited(host, id));
        }
        boolean accepted = status.isSuccess() || status.statusCode() == PARTLY;
        if (accepted && request instanceof SendMessageRequest message && isOfGroup(message)) {
            String text = text(message);
            message.messageInfo().recipients().stream()
                    .map(MessageInfo.Recipient::addressee)
                    .filter(User.class::isInstance)
                    .map(user -> ((User) user).userId())
                    .filter(user -> status.detailedResult().stream()
                            .noneMatch(detail -> detail.userIds().contains(user)))
                    .forEach(user -> roll.promised(text, Words.shortName(user.value())));
        }
    }

    private static String text(SendMessageRequest message) {
        Map<String, String> fields = new TreeMap<>();
        MessageLines.describe(message, fields);
        return fields.getOrDefault("text", "");
    }

    private static boolean isOfGroup(SendMessageRequest request) {
        return request.messageInfo()
                .sender()
                .filter(sender -> !(sender.address() instanceof User))
                .isPresent();
    }

    private static Optional<UserId> user(MetaInformation who) {
        return who.userId();
    }
}
