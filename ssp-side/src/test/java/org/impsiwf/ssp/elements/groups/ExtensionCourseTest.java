package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;

import java.time.Duration;
import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may happen between the request and the end of an extension: time, refusals, a new process, a domain that is down. */
class ExtensionCourseTest extends ExtendedTalk {

    @Test
    @Tag("CSPX-30")
    @Tag("CSPX-31")
    @Tag("CSPX-32")
    @Tag("CSPX-33")
    @Tag("tx:ExtendConversation")
    @Tag("status:410")
    void ifThePartnerDoesNotJoinInTimeTheTalkStaysOneOfTwo() {
        world.conversations =
                world.conversations.with(ConversationSettings.DEFAULT.withTimeout(Duration.ofSeconds(20)));
        extended(annExtends());
        GroupId group = group();
        world.pass(Duration.ofSeconds(19));
        assertThat(outcomes()).isEmpty();

        world.pass(Duration.ofSeconds(1));

        assertThat(result()).isEqualTo(410);
        assertThat(outcomes().getFirst().groupId()).isEqualTo(group);
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
        assertThat(world.sap.asked()).isEmpty();
        assertThat(world.code(BOB, join(BOB, group, "Bobby"))).isEqualTo(800);
        nothingIsLeftOf(group);
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("status:825")
    void ifThePartnerRefusesTheWaitIsOverAndItsNoteIsPassedOn() {
        extended(annExtends());
        GroupId group = group();
        assertThat(answers(BOB, /* accepted= */ false, "not now")).isTrue();
        assertThat(result()).isEqualTo(825);
        assertThat(outcomes().getFirst().responseNote()).contains("not now");
        assertThat(world.sap.asked()).isEmpty();
        nothingIsLeftOf(group);
    }

    @Test
    @Tag("CSPX-22")
    @Tag("CSPX-37")
    void anAcceptanceAndTheAnswersOfTheOthersChangeNothing() {
        extended(annExtends());
        assertThat(answers(BOB, /* accepted= */ true, "yes")).isTrue();
        assertThat(answers(CID, /* accepted= */ false, "no")).isTrue();
        assertThat(outcomes()).isEmpty();
        joins(BOB, "Bobby");
        int sent = world.sap.sent().size();
        assertThat(answers(BOB, /* accepted= */ false, "changed my mind")).isTrue();
        assertThat(answers(CID, /* accepted= */ false, "no")).isTrue();
        assertThat(world.sap.sent()).hasSize(sent);
        assertThat(world.joined(group())).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(200);
    }

    @Test
    void anAnswerToAnInvitationOfSomebodyElseIsNotOurs() {
        extended(annExtends());
        assertThat(world.element()
                        .conversations()
                        .answered(new InviteId("i9"), BOB, /* accepted= */ false, Optional.empty()))
                .isFalse();
        assertThat(outcomes()).isEmpty();
    }

    @Test
    @Tag("tx:ExtendConversation")
    void theWaitForThePartnerOutlivesTheProcess() {
        extended(annExtends());
        world.restart();
        joins(BOB, "Bobby");
        assertThat(result()).isEqualTo(200);
        assertThat(world.sap.sent(InviteRequest.class)).hasSize(2);
    }

    @Test
    void theDeadlineOutlivesTheProcess() {
        extended(annExtends());
        world.restart();
        world.pass(Duration.ofSeconds(60));
        assertThat(result()).isEqualTo(410);
    }

    @Test
    void whatAProcessHadNotDoneWhenItDiedTheNextOneDoes() {
        RuntimeException power = new IllegalStateException("the power is gone");
        world.sap.taking(delivered -> {
            throw power;
        });
        assertThatThrownBy(() -> ask(ANN, annExtends())).isSameAs(power);
        world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
        world.restart();
        world.sap.forget();

        world.pass(Duration.ofSeconds(50));

        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
        joins(BOB, "Bobby");
        assertThat(result()).isEqualTo(200);
    }

    @Test
    void anInitiatorWhoseDomainIsDownIsToldLater() {
        world.sap.taking(delivered -> Status.of(
                delivered.primitive() instanceof ExtendConversationResponse
                        ? StatusCode.SERVICE_UNAVAILABLE
                        : StatusCode.SUCCESSFUL));
        extended(extend(DAN, ANN, CID));
        joins(ANN, "Annie");
        assertThat(outcomes()).hasSize(1);
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);

        world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
        world.pass(Duration.ofMinutes(1));

        assertThat(outcomes()).hasSize(2);
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(2);
        world.pass(Duration.ofMinutes(5));
        assertThat(outcomes()).hasSize(2);
    }

    @ParameterizedTest(name = "status {0}")
    @ValueSource(ints = {503, 533})
    void anInitiatorWhoCannotBeToldHoldsNobodyUp(int status) {
        world.sap.taking(
                delivered -> Status.of(delivered.primitive() instanceof ExtendConversationResponse ? status : 200));
        extended(extend(DAN, ANN, CID));
        joins(ANN, "Annie");
        for (int i = 0; i < 5; i++) {
            world.pass(Duration.ofMinutes(1));
        }
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(2);
        assertThat(outcomes()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void theInitiatorAndThePartnerAreNotInvitedTwice() {
        extended(extend(ANN, BOB, ANN, BOB, CID, CID));
        joins(BOB, "Bobby");
        assertThat(world.sap.sent(InviteUserRequest.class))
                .extracting(InviteUserRequest::invitedUser)
                .containsExactly(User.of(BOB), User.of(CID));
    }
}
