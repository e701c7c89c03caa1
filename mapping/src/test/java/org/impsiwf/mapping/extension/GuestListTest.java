package org.impsiwf.mapping.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.mapping.extension.Attempts.BEN;
import static org.impsiwf.mapping.extension.Attempts.BOB;
import static org.impsiwf.mapping.extension.Attempts.DAVE;
import static org.impsiwf.mapping.extension.Attempts.ERIN;
import static org.impsiwf.mapping.extension.Attempts.IMPS2;
import static org.impsiwf.mapping.extension.Attempts.TOM;
import static org.impsiwf.mapping.extension.Attempts.WITH_BOB;
import static org.impsiwf.mapping.extension.Attempts.WITH_ERIN;
import static org.impsiwf.mapping.extension.Attempts.entries;
import static org.impsiwf.mapping.extension.Attempts.invite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Invitee;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.event.UriList.CopyControl;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** INVITEs to the factory that cannot be meant as they are, and whom of their lists they invite. */
class GuestListTest {

    private final Attempts attempts = new Attempts();

    @ParameterizedTest
    @ValueSource(ints = {20, 21})
    @Tag("SIPX-05")
    @Tag("SIPX-06")
    void theListMayBeAsLongAsThePolicySaysAndNoLonger(int named) {
        String[] uris = IntStream.range(0, named)
                .mapToObj(i -> "sip:u" + i + "@imps.example.com")
                .toArray(String[]::new);
        attempts.put(invite(uris));
        if (named <= 20) {
            assertThat(attempts.stage()).isInstanceOf(Stage.Creating.class);
        } else {
            assertThat(attempts.refusal().status()).isEqualTo(403);
            assertThat(attempts.refusal().headers().get("Warning"))
                    .startsWith("399 ")
                    .contains("20")
                    .contains("21");
        }
    }

    @Test
    @Tag("SIPX-03")
    void whoIsNamedTwiceIsInvitedOnceAndTheInitiatorNotAtAll() {
        attempts.put(invite(
                        BOB,
                        "sip:BOB@imps.example.com;transport=tcp",
                        "wv:bob@imps.example.com",
                        TOM,
                        "sip:alice@ims.example.com"))
                .answered(200);
        assertThat(attempts.handedOver().invitees()).extracting(Invitee::uri).containsExactly(BOB, TOM);
    }

    @Test
    void whoCannotBeInvitedIsNamedWhileTheRestGoesOn() {
        attempts.put(invite(BOB, "sip:x@nowhere.example.net", "sip:bob/friends@imps.example.com", "mailto:a@b.c"))
                .answered(200);
        assertThat(attempts.handedOver().invitees()).extracting(Invitee::uri).containsExactly(BOB);
        assertThat(attempts.handedOver().headers())
                .containsEntry(
                        "P-Refused-URI-List",
                        "<sip:x@nowhere.example.net>, <sip:bob/friends@imps.example.com>, <mailto:a@b.c>");
    }

    @Test
    void aListOfNobodyWhoCanBeInvitedIs404WithTheirNames() {
        attempts.put(invite("sip:x@nowhere.example.net"));
        assertThat(attempts.refusal().status()).isEqualTo(404);
        assertThat(attempts.refusal().headers()).containsEntry("P-Refused-URI-List", "<sip:x@nowhere.example.net>");
    }

    @Test
    void aListOfTheInitiatorAloneAndOneOfThePartnerAloneAreRefused_403() {
        attempts.put(invite("sip:alice@ims.example.com"));
        assertThat(attempts.refusal().status()).isEqualTo(403);
        Attempts partnerOnly = new Attempts();
        partnerOnly.replacing(BOB).named(WITH_BOB, true);
        assertThat(partnerOnly.refusal().status()).isEqualTo(403);
        assertThat(partnerOnly.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
    }

    @Test
    void hiddenAndAnonymousInviteesAreNotShown() {
        List<UriList.Entry> entries = List.of(
                new UriList.Entry(new SipUri(BOB), Optional.of("Bob"), CopyControl.TO, false),
                new UriList.Entry(new SipUri(ERIN), Optional.empty(), CopyControl.BCC, false),
                new UriList.Entry(new SipUri(TOM), Optional.empty(), CopyControl.CC, true),
                new UriList.Entry(new SipUri(BEN), Optional.empty(), CopyControl.BCC, false),
                new UriList.Entry(new SipUri("sips:ben@imps.example.com"), Optional.empty(), CopyControl.CC, false));
        attempts.put(invite(Map.of(), Optional.empty(), entries)).answered(200);
        assertThat(attempts.handedOver().invitees())
                .containsExactly(
                        new Invitee(BOB, Optional.of("Bob"), true),
                        new Invitee(ERIN, Optional.empty(), false),
                        new Invitee(TOM, Optional.empty(), false),
                        new Invitee(BEN, Optional.empty(), true));
    }

    @Test
    void thePartnerIsFoundAmongAllWhoAreListed() {
        attempts.replacing(BOB, ERIN, TOM);
        assertThat(attempts.toldTo(WITH_BOB)).hasSize(1);
        assertThat(attempts.toldTo(WITH_ERIN)).hasSize(1);
        attempts.named(WITH_BOB, false).named(WITH_ERIN, true);
        assertThat(attempts.sent().peer()).isEqualTo(IMPS2);
        assertThat(((ExtendConversationRequest) attempts.sent().primitive()).userIdList())
                .containsExactly(new UserId("wv:bob@imps.example.com"), new UserId("wv:tom@ims.example.com"));
    }

    @Test
    void aPartnerWhoIsNotListedIs403WithTheReason() {
        attempts.replacing(ERIN, TOM).named(WITH_ERIN, false);
        assertThat(attempts.refusal().status()).isEqualTo(403);
        assertThat(attempts.refusal().headers().get("Warning")).contains("partner");
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void aSessionThatIsNotThereIs481() {
        attempts.put(invite(Map.of(), Optional.empty(), entries(BOB + "?Replaces=dead%3Bto-tag%3Da", TOM)))
                .named(WITH_BOB, false);
        assertThat(attempts.refusal().status()).isEqualTo(481);
        Attempts silent = new Attempts();
        silent.put(invite(Map.of(), Optional.empty(), entries(BOB + "?Replaces=dead%3Bto-tag%3Da", TOM)))
                .timeUp();
        assertThat(silent.refusal().status()).isEqualTo(481);
    }

    @Test
    void aDialogThatIsNotOursCouldBeWithEitherOfTwoSipUsers_481() {
        attempts.put(invite(Map.of("replaces", "call-9;to-tag=x;from-tag=y"), Optional.empty(), entries(DAVE, TOM)));
        assertThat(attempts.refusal().status()).isEqualTo(481);
    }

    @Test
    void aTalkThatIsBeingExtendedAlreadyIs491() {
        attempts.replacing(BOB, TOM).put(new Event.TalkNamed(WITH_BOB, true, true));
        assertThat(attempts.refusal().status()).isEqualTo(491);
    }

    @Test
    void twoSessionsCannotBeReplacedAtOnce_400() {
        attempts.put(invite(
                Map.of(),
                Optional.empty(),
                entries(BOB + "?Replaces=a%3Bto-tag%3Da", ERIN + "?Replaces=b%3Bto-tag%3Db")));
        assertThat(attempts.refusal().status()).isEqualTo(400);
    }

    @Test
    @Tag("SIPX-10")
    void mediaThatNoChatRoomCanUseAreRefusedBeforeAnybodyIsAsked_488() {
        MessageMedia bare = new MessageMedia(
                false,
                "192.0.2.1",
                2855,
                List.of("msrp://192.0.2.1:2855/a;tcp"),
                List.of("text/plain"),
                List.of(),
                OptionalLong.empty(),
                MessageMedia.Setup.ACTIVE,
                MessageMedia.Direction.SENDRECV,
                Optional.empty(),
                false);
        SipEvent.InviteReceived invite = invite(BOB);
        attempts.put(new SipEvent.InviteReceived(
                invite.usage(), invite.head(), Optional.of(bare), List.of(), invite.conferencing()));
        assertThat(attempts.refusal().status()).isEqualTo(488);
        assertThat(attempts.state).isEmpty();
    }
}
