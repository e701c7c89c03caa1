package org.impsiwf.testkit.ssp;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.impsiwf.testkit.Inbox;

/** What {@link RawSspPeer} answers by itself, since no test is about it: KeepAlive, Logout, service negotiation. */
final class OwnAnswers {

    private static final Set<String> LEFT_TO_THE_TEST = Set.of(
            "SendMessageRequest",
            "DeliveryStatusReport",
            "InviteRequest",
            "InviteResponse",
            "InviteUserRequest",
            "InviteUserResponse",
            "CancelInviteRequest",
            "CancelInviteUserRequest",
            "ExtendConversationRequest",
            "ExtendConversationResponse",
            "CreateGroupRequest",
            "DeleteGroupRequest",
            "JoinGroupRequest",
            "LeaveGroupRequest",
            "LeaveGroupIndication",
            "GetJoinedUsersRequest",
            "GetGroupMemberRequest",
            "AddGroupMemberRequest",
            "RemoveGroupMemberRequest",
            "MemberAccessRequest",
            "GetGroupPropsRequest",
            "SetGroupPropsRequest",
            "RejectListRequest",
            "SubscribeGroupChangeRequest",
            "UnsubscribeGroupChangeRequest",
            "GetGroupSubStatusRequest",
            "GroupChangeNotice");

    private final Manner manner;
    private final Inbox<String> questions;
    private volatile List<String> acceptedTypes = List.of();

    OwnAnswers(RawSspPeer.Settings settings) {
        manner = settings.manner();
        questions = new Inbox<>(settings.serviceId(), name -> name);
    }

    /** Whether the test answers that one. */
    static boolean leaves(SspText request) {
        return LEFT_TO_THE_TEST.contains(request.name());
    }

    void accepting(List<String> types) {
        acceptedTypes = List.copyOf(types);
    }

    String to(SspText request) {
        if (manner == Manner.BARAZA) {
            return SspXml.status(405);
        }
        return switch (request.name()) {
            case "KeepAliveRequest" ->
                "<KeepAliveResponse timeToLive=\"86400\"><Status code=\"200\"/></KeepAliveResponse>";
            case "LogoutRequest" -> "<Disconnect><Status code=\"200\"/></Disconnect>";
            case "GetAcceptedContentTypesRequest" -> SspXml.acceptedTypes(acceptedTypes);
            default -> SspXml.status(501);
        };
    }

    /** The answer has left. */
    void given(SspText request) {
        questions.put(request.name());
    }

    /** Waits until such a request was answered. */
    void expects(String primitive, Duration patience) {
        questions.take(primitive, primitive::equals, patience);
    }
}
