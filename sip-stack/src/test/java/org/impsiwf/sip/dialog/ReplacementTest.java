package org.impsiwf.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipUri;
import org.junit.jupiter.api.Test;

/** Who may replace which dialog (RFC 3891 §3). */
class ReplacementTest {

    private static final ReplacedDialog WANTED = new ReplacedDialog("call-1", "ours", "theirs", false);

    private static int status(InviteUsage usage, ReplacedDialog wanted, NameAddr initiator) {
        return switch (Replacement.of(wanted, Optional.of(usage), false, initiator)) {
            case Replacement.Allowed allowed -> 200;
            case Replacement.Refused(int status, String reason) -> status;
        };
    }

    private static InviteUsage talking() {
        return UsageScenes.talkingAsCallee(TimerTerms.NONE);
    }

    @Test
    void theUserOfTheDialogMayReplaceIt_inWhicheverFormItIsNamed() {
        assertThat(status(talking(), WANTED, UsageScenes.ALICE)).isEqualTo(200);
        assertThat(status(talking(), WANTED, NameAddr.of(new SipUri("sips:%61lice@IMS.example.com;x=y"))))
                .isEqualTo(200);
        assertThat(status(talking(), WANTED, UsageScenes.BOB)).isEqualTo(403);
    }

    @Test
    void aDialogThatWeHaveEndedIsDeclined() {
        InviteUsage ending = UsageScenes.after(talking(), new UsageEvent.End(Optional.empty()));
        assertThat(status(ending, WANTED, UsageScenes.ALICE)).isEqualTo(603);
        InviteUsage hangingUp = UsageScenes.after(
                UsageScenes.called(TimerTerms.NONE),
                new UsageEvent.Accept(UsageScenes.OURS, Optional.empty(), Map.of()),
                new UsageEvent.End(Optional.empty()));
        assertThat(status(hangingUp, WANTED, UsageScenes.ALICE)).isEqualTo(603);
    }

    @Test
    void anEarlyDialogOfOursMayBeReplaced_theirsMayNot() {
        InviteUsage ringing = UsageScenes.after(UsageScenes.calling(), new UsageEvent.Progressed(180, "phone"));
        var early = new ReplacedDialog("call-1", "ours", "phone", true);
        assertThat(status(ringing, early, UsageScenes.ALICE)).isEqualTo(200);
        assertThat(status(ringing, WANTED, UsageScenes.ALICE))
                .as("another fork")
                .isEqualTo(481);
        assertThat(status(UsageScenes.called(TimerTerms.NONE), WANTED, UsageScenes.ALICE))
                .isEqualTo(481);
    }

    @Test
    void whatNamesNoDialogIsNoReplaces() {
        assertThat(ReplacedDialog.parse("c@a ;to-tag= x;from-tag=y;early-only"))
                .contains(new ReplacedDialog("c@a", "x", "y", true));
        assertThat(ReplacedDialog.parse("c@a;to-tag=x")).isEmpty();
        assertThat(ReplacedDialog.parse("c@a;to-tag=x;from-tag=y,c@b;to-tag=x;from-tag=y"))
                .isEmpty();
        assertThat(ReplacedDialog.parse("")).isEmpty();
    }
}
