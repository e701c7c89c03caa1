package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Extensions that another domain makes for our users. */
class ExtensionRequestorTest extends ExtendedTalk {

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("IMPS-SSP-IMSE-S-024")
    void asRequestorWeAskThePseOfOurUserAndBringItTheOutcomeUnderItsOwnId() {
        world.sap.primaryElsewhere(ANN);
        extended(annExtends());
        ExtendConversationRequest sent =
                world.sap.sent(ExtendConversationRequest.class).getFirst();
        assertThat(sent.extendConversationId()).isNotEqualTo(new ExtendConversationId("x1"));
        assertThat(sent.userIdList()).containsExactly(CID, DAN, FAY);
        assertThat(sent.extendConversationUserId()).isEqualTo(User.of(BOB));
        GroupId theirs = new GroupId("wv:/talk@pse.example.com");

        ExtendConversationResponse outcome = new ExtendConversationResponse(
                GroupWorld.server("pse.example.com"),
                sent.extendConversationId(),
                theirs,
                Optional.of("fine"),
                Status.of(StatusCode.SUCCESSFUL));
        assertThat(GroupWorld.code(world.peerAsks("pse.example.com", outcome))).isEqualTo(200);

        assertThat(world.sap.delivered())
                .containsExactly(new Delivered(
                        ANN,
                        new ExtendConversationResponse(
                                GroupWorld.server("pse.example.com"),
                                new ExtendConversationId("x1"),
                                theirs,
                                Optional.of("fine"),
                                Status.of(StatusCode.SUCCESSFUL))));
        assertThat(world.elsewhere.isJoined(theirs, ANN)).isTrue();
        assertThat(GroupWorld.code(world.peerAsks("pse.example.com", outcome))).isEqualTo(402);
    }

    @Test
    void twoOfOurUsersMayHaveTheSameIdAtOneProvider() {
        world.sap.primaryElsewhere(ANN).primaryElsewhere(BOB);
        extended(annExtends());
        extended(extend(BOB, ANN, CID));
        List<ExtendConversationRequest> sent = world.sap.sent(ExtendConversationRequest.class);
        assertThat(sent.get(0).extendConversationId()).isNotEqualTo(sent.get(1).extendConversationId());
        ExtendConversationResponse bobs = new ExtendConversationResponse(
                GroupWorld.server("pse.example.com"),
                sent.get(1).extendConversationId(),
                new GroupId("wv:/talk@pse.example.com"),
                Optional.empty(),
                Status.of(StatusCode.EXTEND_CONVERSATION_REJECTED));
        world.restart();
        world.peerAsks("pse.example.com", bobs);
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(BOB);
        assertThat(world.elsewhere.isJoined(bobs.groupId(), BOB)).isFalse();
    }

    @Test
    void whatAProviderRefusedOrForgotIsForgottenHere() {
        world.sap.primaryElsewhere(ANN);
        world.sap.answering(asked -> Status.of(815));
        assertThat(GroupWorld.code(ask(ANN, annExtends()))).isEqualTo(815);
        world.sap.answering(asked -> Status.of(200));
        extended(annExtends());
        world.pass(Duration.ofHours(1));
        assertThat(world.column("SELECT sent_id FROM extension_request")).isEmpty();
    }
}
