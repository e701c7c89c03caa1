package org.impsiwf.mapping.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.mapping.extension.Attempts.BOB;
import static org.impsiwf.mapping.extension.Attempts.IMPS;
import static org.impsiwf.mapping.extension.Attempts.IMPS2;
import static org.impsiwf.mapping.extension.Attempts.TOM;
import static org.impsiwf.mapping.extension.Attempts.WITH_BOB;
import static org.impsiwf.mapping.extension.Attempts.WITH_ERIN;
import static org.impsiwf.mapping.extension.Attempts.invite;

import java.time.Duration;
import java.util.Optional;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of an extension that somebody refuses, gives up or does not answer: the talk as it was. */
class ExtensionFailureTest {

    private final Attempts attempts = new Attempts();

    @ParameterizedTest
    @CsvSource({
        "815, 480",
        "410, 410",
        "825, 603",
        "909, 488",
        "531, 404",
        "516, 404",
        "907, 403",
        "503, 480",
        "506, 403",
        "405, 501",
        "604, 500",
        "901, 404"
    })
    @Tag("CSPX-41")
    @Tag("CSPX-42")
    @Tag("CSPX-18")
    void aStatusThatRefusesIsToldAndTheTalkGoesOn(int code, int sip) {
        attempts.extending().answered(code);
        assertThat(attempts.refusal().status()).isEqualTo(sip);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
        assertThat(attempts.state).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"815, 480", "410, 410", "825, 603", "909, 488"})
    @Tag("CSPX-32")
    @Tag("status:825")
    @Tag("status:410")
    void anOutcomeThatRefusesIsToldAndTheTalkGoesOn(int code, int sip) {
        attempts.extending().answered(200).extended(code);
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(attempts.refusal().status()).isEqualTo(sip);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whatThePartnerSaidToItIsPassedOn() {
        attempts.extending()
                .answered(200)
                .extended(
                        IMPS,
                        attempts.extensionId(),
                        "wv:/talk@imps.example.com",
                        Status.of(825),
                        Optional.of("not \"now\""));
        assertThat(attempts.refusal().headers()).containsEntry("Warning", "399 iwf.example.com \"not \\\"now\\\"\"");
    }

    @Test
    @Tag("CSPX-29")
    @Tag("CSPX-31")
    void ourOwnTimerEndsTheWaitAboveThatOfTheProvider() {
        attempts.extending().answered(200);
        assertThat(Duration.between(attempts.now, attempts.stage().until()))
                .isGreaterThan(attempts.policy.conferences().extensionWait())
                .isLessThan(Duration.ofMinutes(3));
        attempts.put(new Event.DeadlineReached());
        assertThat(attempts.stage()).as("too early").isInstanceOf(Stage.Waiting.class);
        attempts.timeUp();
        assertThat(attempts.refusal().status()).isEqualTo(408);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));

        attempts.extended(200);
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(attempts.left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void aPeerThatSaysNothingIsA408AndWhatItDidNeverthelessIsUndone() {
        attempts.extending().failed(SspEvent.Cause.NO_ANSWER);
        assertThat(attempts.refusal().status()).isEqualTo(408);
        assertThat(attempts.stage()).isInstanceOf(Stage.Withdrawn.class);
        attempts.extended(200);
        assertThat(attempts.left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void aPeerThatIsDownIsA480AndNothingIsLeftToUndo() {
        attempts.extending().failed(SspEvent.Cause.NO_SESSION);
        assertThat(attempts.refusal().status()).isEqualTo(480);
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whoGivesUpBeforeTheStatusLeavesTheGroupWhenItComes() {
        attempts.extending().put(new SipEvent.InviteCancelled(Attempts.USAGE));
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
        attempts.answered(200).extended(200);
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(attempts.left()).isEqualTo("wv:/talk@imps.example.com");
        attempts.put(new Event.Ssp(
                new SspEvent.ResponseReceived(IMPS, ((Stage.Leaving) attempts.stage()).request(), Status.of(200))));
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whoGivesUpWhileThePartnerIsAskedLeavesTheGroupWhenItComes() {
        attempts.extending().answered(200).put(new SipEvent.ByeReceived(Attempts.USAGE, Optional.empty()));
        attempts.extended(200);
        assertThat(attempts.left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void whoGivesUpAndIsRefusedAnywayLeavesNothing() {
        attempts.extending().answered(200).put(new SipEvent.InviteCancelled(Attempts.USAGE));
        attempts.extended(825);
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whoGivesUpWhileTheTalkIsSoughtLeavesNothing() {
        attempts.replacing(BOB, TOM).put(new SipEvent.InviteCancelled(Attempts.USAGE));
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whoGivesUpWhileTheGroupIsMadeLeavesItSoThatItEnds() {
        attempts.put(invite(BOB)).put(new SipEvent.InviteCancelled(Attempts.USAGE));
        attempts.answered(200);
        assertThat(attempts.left()).startsWith("wv:alice/adhoc-");
        for (int i = 0; i < 4; i++) {
            attempts.failed(SspEvent.Cause.NO_SESSION).timeUp();
            assertThat(attempts.left()).startsWith("wv:alice/adhoc-");
        }
        attempts.timeUp();
        assertThat(attempts.state).as("given up after five tries").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"814, 403", "815, 480", "801, 403", "806, 400", "503, 480"})
    @Tag("status:814")
    @Tag("status:815")
    void aGroupThatCannotBeMadeIsToldToTheInitiator(int code, int sip) {
        attempts.put(invite(BOB)).answered(code);
        assertThat(attempts.refusal().status()).isEqualTo(sip);
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void thePartnerWhoLeavesTheTalkEndsItsExtension() {
        attempts.extending().answered(200).put(new Event.TalkEnded(WITH_BOB));
        assertThat(attempts.refusal().status()).isEqualTo(603);
        attempts.extended(200);
        assertThat(attempts.left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void anotherTalkThatEndsIsNoneOfOurs() {
        attempts.extending().answered(200).put(new Event.TalkEnded(WITH_ERIN));
        assertThat(attempts.stage()).isInstanceOf(Stage.Waiting.class);
    }

    @Test
    void anOutcomeFromAnotherPeerOrForAnotherExtensionChangesNothing() {
        attempts.extending().answered(200);
        String id = attempts.extensionId();
        attempts.extended(IMPS2, id, "wv:/talk@imps2.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.answer()).isEqualTo(901);
        attempts.extended(IMPS, id + "x", "wv:/talk@imps.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.answer()).isEqualTo(402);
        assertThat(attempts.stage()).isInstanceOf(Stage.Waiting.class);
    }

    @Test
    void aGroupThatIsNotTheHostsIsNoGroup_500() {
        attempts.extending().answered(200);
        attempts.extended(IMPS, attempts.extensionId(), "wv:/talk@imps2.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.refusal().status()).isEqualTo(500);
        assertThat(attempts.toldTo("P:/talk@imps2.example.com!alice@ims.example.com"))
                .isEmpty();
    }

    @Test
    void aGatewayThatStopsRefusesWhatIsNotAnswered() {
        attempts.extending().put(new Event.Draining());
        assertThat(attempts.refusal().status()).isEqualTo(503);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
    }
}
