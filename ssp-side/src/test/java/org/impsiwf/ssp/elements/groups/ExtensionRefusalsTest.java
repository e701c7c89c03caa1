package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.GHOST;

import java.time.Duration;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Talks that are not extended, and who is told why. */
class ExtensionRefusalsTest extends ExtendedTalk {

    @Test
    @Tag("SSP-399")
    @Tag("CSPX-02")
    @Tag("tx:ExtendConversation")
    @Tag("status:400")
    void somebodyHasToBeInvited() {
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, BOB)))).isEqualTo(400);
        assertThat(world.sap.sent()).isEmpty();
    }

    @Test
    @Tag("CSPX-03")
    @Tag("CSPX-42")
    @Tag("tx:ExtendConversation")
    @Tag("status:531")
    void thePartnerHasToBeKnown() {
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, GHOST, CID)))).isEqualTo(531);
        assertThat(world.sap.sent()).isEmpty();
    }

    @Test
    @Tag("CSPX-05")
    @Tag("tx:ExtendConversation")
    @Tag("status:402")
    void anIdIsUsedOncePerInitiatorAsLongAsItIsOpen() {
        extended(annExtends());
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, CID, DAN)))).isEqualTo(402);
        assertThat(GroupWorld.code(ask(CID, extend(CID, BOB, DAN)))).isEqualTo(200);
        joins(BOB, "Bobby");
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, CID, DAN)))).isEqualTo(200);
    }

    @Test
    @Tag("CSPX-18")
    @Tag("CSPX-42")
    @Tag("tx:ExtendConversation")
    @Tag("status:815")
    void ifThereIsNoRoomForTheGroupTheStatusSaysSoAndNothingFollows() {
        world.limits = world.limits.withGroups(0);
        assertThat(GroupWorld.code(ask(ANN, annExtends()))).isEqualTo(815);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.sap.sent()).isEmpty();
        world.limits = world.limits.withGroups(1);
        world.restart();
        extended(annExtends());
    }

    @Test
    @Tag("CSPX-42")
    @Tag("tx:ExtendConversation")
    @Tag("status:410")
    void aPartnerWhoIsNotLoggedInCannotBeReached() {
        world.sap.offline(BOB);
        assertThat(GroupWorld.code(ask(ANN, annExtends()))).isEqualTo(410);
        assertThat(world.sap.sent()).isEmpty();
    }

    @ParameterizedTest(
            name = "{0} becomes {1} [tx:ExtendConversation] [status:{1}] CSPX-42",
            quoteTextArguments = false)
    @CsvSource({"410,410", "516,516", "531,531", "907,907", "909,909", "503,410"})
    void whyAPartnerElsewhereCannotBeInvitedIsTheResult(int answer, int result) {
        world.sap.answering(asked -> Status.of(answer));
        extended(extend(ANN, DAN, CID));
        assertThat(result()).isEqualTo(result);
        assertThat(world.sap.sent(InviteRequest.class)).hasSize(1);
        nothingIsLeftOf(outcomes().getFirst().groupId());
        world.pass(Duration.ofMinutes(2));
        assertThat(outcomes()).hasSize(1);
    }

    @Test
    @Tag("CSPX-40")
    @Tag("tx:ExtendConversation")
    @Tag("status:909")
    void aPartnerWhoseClientHasNotAgreedToItDoesNotSupportIt() {
        world.sap.taking(delivered -> Status.of(delivered.primitive() instanceof InviteUserRequest ? 506 : 200));
        extended(annExtends());
        assertThat(result()).isEqualTo(909);
    }

    @Test
    void aPartnerWhoHasBlockedTheInitiatorIsNotInvited() {
        world.block(BOB, ANN);
        extended(annExtends());
        assertThat(world.sap.sent(InviteUserRequest.class)).isEmpty();
        assertThat(result()).isEqualTo(825);
    }

    @Test
    void whoHasBlockedTheInitiatorIsNotInvitedAmongTheOthers() {
        world.block(CID, ANN);
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
        assertThat(world.sap.sent(InviteRequest.class)).hasSize(2);
    }

    @Test
    @Tag("CSPX-42")
    @Tag("status:516")
    void aStrangerDoesNotExtendATalkThatIsNotOurs() {
        assertThat(GroupWorld.code(ask(DAN, extend(DAN, FAY, ANN)))).isEqualTo(516);
        assertThat(GroupWorld.code(ask(DAN, extend(DAN, ANN, FAY)))).isEqualTo(200);
    }
}
