package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.listing;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.subscribing;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;

/** Ann (client 2) talks with Bob (client 1) and wants Cid, Dan and Fay (clients 3) to come in. */
abstract class ExtendedTalk {

    @AutoClose
    final GroupWorld world = new GroupWorld();

    static ExtendConversationRequest extend(UserId user, UserId partner, UserId... others) {
        return new ExtendConversationRequest(
                meta(user),
                new ExtendConversationId("x1"),
                List.of(others),
                User.of(partner),
                /* subscribeNotif= */ true,
                Optional.empty(),
                new ScreenName(Optional.empty(), "Annie"));
    }

    static ExtendConversationRequest annExtends() {
        return extend(ANN, BOB, CID, DAN, FAY);
    }

    Primitive ask(UserId user, ExtendConversationRequest request) {
        return world.serve(world.element().conversations(), user, request);
    }

    void extended(ExtendConversationRequest request) {
        UserId user = request.metaInformation().userId().orElseThrow();
        assertThat(ask(user, request)).isEqualTo(Status.of(StatusCode.SUCCESSFUL));
    }

    InviteUserRequest partnersInvitation() {
        return world.sap.sent(InviteUserRequest.class).getFirst();
    }

    GroupId group() {
        return partnersInvitation().inviteGroupId().orElseThrow();
    }

    JoinGroupResponse joins(UserId user, String name) {
        return (JoinGroupResponse) world.ask(user, listing(subscribing(join(user, group(), name))));
    }

    List<ExtendConversationResponse> outcomes() {
        return world.sap.sent(ExtendConversationResponse.class);
    }

    int result() {
        assertThat(outcomes()).hasSize(1);
        return outcomes().getFirst().result().statusCode();
    }

    void nothingIsLeftOf(GroupId group) {
        assertThat(world.store.find(group)).isEmpty();
        assertThat(world.column("SELECT group_id FROM extended_conversation")).isEmpty();
    }

    boolean answers(UserId user, boolean accepted, String note) {
        return world.element()
                .conversations()
                .answered(partnersInvitation().inviteId(), user, accepted, Optional.of(note));
    }
}
