package org.impsiwf.testkit.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;

/** Invitations (SSP 13.1.7, 13.1.8) as lines, both ways. */
final class InvitationLines {

    private InvitationLines() {}

    /** What a peer sends; empty when the line is no invitation. */
    static Optional<InvitationPrimitive> request(FlowMessage m, ServiceId peer) {
        return Optional.ofNullable(
                switch (m.name()) {
                    case "InviteRequest" -> inviteUser(m, peer).asRequest(SspWords.userMeta(m, peer));
                    case "InviteUserRequest" -> inviteUser(m, peer);
                    case "InviteResponse" ->
                        new InviteResponse(
                                Status.of(200),
                                id(m),
                                receiver(m),
                                accepted(m),
                                sender(m),
                                note(m),
                                SspWords.screenName(m));
                    case "InviteUserResponse" ->
                        new InviteUserResponse(
                                Status.of(200),
                                id(m),
                                receiver(m),
                                accepted(m),
                                sender(m),
                                note(m),
                                SspWords.screenName(m),
                                List.of());
                    case "CancelInviteRequest" -> cancel(m, peer);
                    case "CancelInviteUserRequest" -> cancel(m, peer).forUser(SspWords.meta(m, peer), receiver(m));
                    default -> null;
                });
    }

    private static InviteUserRequest inviteUser(FlowMessage m, ServiceId peer) {
        return new InviteUserRequest(
                SspWords.meta(m, peer),
                id(m),
                type(m),
                sender(m),
                receiver(m),
                SspWords.anyGroup(m),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                note(m),
                SspWords.screenName(m),
                Optional.empty());
    }

    private static CancelInviteRequest cancel(FlowMessage m, ServiceId peer) {
        return new CancelInviteRequest(
                SspWords.userMeta(m, peer),
                id(m),
                sender(m),
                receiver(m),
                SspWords.anyGroup(m),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                note(m),
                SspWords.screenName(m));
    }

    private static InviteId id(FlowMessage m) {
        return new InviteId(m.field("invite", "i1"));
    }

    private static InviteType type(FlowMessage m) {
        return InviteType.valueOf(m.field("type", "IM"));
    }

    /** Who asks or answers. */
    private static User sender(FlowMessage m) {
        return User.of(Words.impsUser(m.field("from", "bob")));
    }

    /** Who is asked or answered. */
    private static User receiver(FlowMessage m) {
        return SspWords.user(m.field("to", "alice"));
    }

    private static Optional<String> note(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("note"));
    }

    private static boolean accepted(FlowMessage m) {
        return m.field("accepted", "yes").equals("yes");
    }

    /** What an invitation, its answer or its end says, as fields. */
    static void describe(InvitationPrimitive primitive, Map<String, String> fields) {
        fields.put("invite", primitive.inviteId().value());
        switch (primitive) {
            case InviteRequest r -> {
                SspWords.meta(r.metaInformation(), fields);
                fields.put("type", r.inviteType().name());
                fields.put("from", SspWords.name(r.invitingUser()));
                fields.put("to", SspWords.name(r.invitedUser()));
                more(r.inviteGroupId(), r.inviteReason(), r.ownScreenName(), fields);
            }
            case InviteUserRequest r -> {
                SspWords.meta(r.metaInformation(), fields);
                fields.put("type", r.inviteType().name());
                fields.put("from", SspWords.name(r.invitingUser()));
                fields.put("to", SspWords.name(r.invitedUser()));
                more(r.inviteGroupId(), r.inviteReason(), r.ownScreenName(), fields);
            }
            case InviteResponse r -> {
                fields.put("accepted", SspWords.yesNo(r.inviteAcceptance()));
                fields.put("from", SspWords.name(r.respondingUser()));
                fields.put("to", SspWords.name(r.invitingUser()));
                more(Optional.empty(), r.inviteResponse(), r.ownScreenName(), fields);
            }
            case InviteUserResponse r -> {
                fields.put("accepted", SspWords.yesNo(r.inviteAcceptance()));
                fields.put("from", SspWords.name(r.respondingUser()));
                fields.put("to", SspWords.name(r.invitingUser()));
                more(Optional.empty(), r.inviteResponse(), r.ownScreenName(), fields);
            }
            case CancelInviteRequest r -> {
                SspWords.meta(r.metaInformation(), fields);
                fields.put("from", SspWords.name(r.cancelingUser()));
                fields.put("to", SspWords.name(r.canceledUser()));
                more(r.canceledGroupId(), r.cancelReason(), r.ownScreenName(), fields);
            }
            case CancelInviteUserRequest r -> {
                fields.put("from", SspWords.name(r.cancelingUser()));
                r.canceledUser().ifPresent(user -> fields.put("to", SspWords.name(user)));
                more(r.canceledGroupId(), r.cancelReason(), r.ownScreenName(), fields);
            }
        }
    }

    private static void more(
            Optional<GroupId> group,
            Optional<String> note,
            Optional<ScreenName> screenName,
            Map<String, String> fields) {
        group.ifPresent(id -> SspWords.group(id, fields));
        note.ifPresent(text -> fields.put("note", text));
        screenName.ifPresent(name -> fields.put("screen-name", name.name()));
    }
}
