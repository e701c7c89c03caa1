package org.impsiwf.mapping.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.mapping.extension.Attempts.IMPS;
import static org.impsiwf.mapping.extension.Attempts.IMPS2;
import static org.impsiwf.mapping.extension.Attempts.SELF;
import static org.impsiwf.mapping.extension.Attempts.WITH_BOB;
import static org.impsiwf.mapping.extension.Attempts.WITH_ERIN;
import static org.impsiwf.mapping.extension.Attempts.entries;
import static org.impsiwf.mapping.extension.Attempts.invite;
import static org.impsiwf.mapping.extension.Attempts.reinvite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Invitee;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.event.UriList.CopyControl;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** INVITEs to the factory: what they ask of the IMPS side, and what is left of them when it says no. */
class ExtensionTest {

    private static final String BOB = "sip:bob@imps.example.com";
    private static final String BEN = "sip:ben@imps.example.com";
    private static final String ERIN = "sip:erin@imps2.example.com";
    private static final String TOM = "sip:tom@ims.example.com";
    private static final String DAVE = "sip:dave@ims.example.com";
    private static final String PARTICIPATION = "P:/talk@imps.example.com!alice@ims.example.com";

    private final Attempts attempts = new Attempts();

    @Test
    @Tag("tx:CreateGroup")
    void aListWithoutReplacesMakesAGroupOfTheUsersOwnAndInvitesEverybodyOnIt() {
        attempts.put(invite(BOB, TOM));
        assertThat(attempts.sent().peer()).isEqualTo(SELF);
        CreateGroupRequest create = (CreateGroupRequest) attempts.sent().primitive();
        assertThat(create.groupId().value()).startsWith("wv:alice/adhoc-").endsWith("@ims.example.com");
        assertThat(create.joinGroup()).isTrue();
        assertThat(create.subscribeNotif()).isTrue();
        assertThat(create.screenName().orElseThrow().name()).isEqualTo("Alice");
        assertThat(create.groupProps().properties())
                .contains(
                        new Property("Type", "Private"),
                        new Property("AccessType", "Open"),
                        new Property("RequireInvitation", "T"),
                        new Property("AutoDelete", "T"),
                        new Property("Searchable", "F"));

        attempts.answered(200);
        String group = create.groupId().value().substring("wv:".length());
        Event.EntryAgreed agreed = entry("P:" + group + "!alice@ims.example.com");
        assertThat(agreed.group()).isEqualTo(create.groupId());
        assertThat(agreed.host()).isEqualTo(SELF);
        assertThat(agreed.joined()).isTrue();
        assertThat(agreed.replaced()).isEmpty();
        assertThat(agreed.invitees()).extracting(Invitee::uri).containsExactly(BOB, TOM);
        assertThat(attempts.stage()).isInstanceOf(Stage.HandedOver.class);
    }

    @Test
    void anInviteWithoutListMakesAConferenceOfOne() {
        attempts.put(invite());
        assertThat(attempts.sent().primitive()).isInstanceOf(CreateGroupRequest.class);
    }

    @Test
    void theGroupIsMadeAtTheNeighbourThatHostsAdHocConferences() {
        Policy.Conferences c = attempts.policy.conferences();
        attempts.policy = attempts.policy.with(new Policy.Conferences(
                c.factory(), c.maxAdhocGroupSize(), c.extensionWait(), Optional.of(IMPS2), false));
        attempts.put(invite(BOB));
        assertThat(attempts.sent().peer()).isEqualTo(IMPS2);
        attempts.answered(200);
        assertThat(attempts.stage()).isInstanceOf(Stage.HandedOver.class);
    }

    static Stream<SipEvent.InviteReceived> shapesTowardsAnImpsUser() {
        return Stream.of(
                invite(Map.of(), Optional.of(new InviteUsageId("old")), entries(BOB, TOM)),
                invite(Map.of(), Optional.empty(), entries(BOB + "?Replaces=call-1%3Bto-tag%3Da%3Bfrom-tag%3Db", TOM)),
                invite(
                        Map.of(),
                        Optional.of(new InviteUsageId("old")),
                        entries(BOB + "?Replaces=call-1%3Bto-tag%3Da%3Bfrom-tag%3Db", TOM)),
                invite(
                        Map.of(),
                        Optional.empty(),
                        entries(BOB + ";method=INVITE?Session-Replaces=contribution-1", TOM)),
                invite(Map.of("session-replaces", "contribution-1"), Optional.empty(), entries(BOB, TOM)));
    }

    @ParameterizedTest
    @MethodSource("shapesTowardsAnImpsUser")
    @Tag("SIPX-03")
    @Tag("SIPX-11")
    @Tag("tx:ExtendConversation")
    @Tag("CSPX-02")
    @Tag("CSPX-03")
    @Tag("CSPX-04")
    @Tag("CSPX-06")
    @Tag("CSPX-25")
    void eachShapeAsksThePartnersDomainAndEntersOnlyOnceThePartnerHasJoined(SipEvent.InviteReceived invite) {
        attempts.put(invite);
        assertThat(attempts.toldTo(WITH_BOB)).hasSize(1).first().isInstanceOf(Event.TalkSought.class);

        attempts.named(WITH_BOB, true);
        assertThat(attempts.sent().peer()).isEqualTo(IMPS);
        ExtendConversationRequest extend =
                (ExtendConversationRequest) attempts.sent().primitive();
        assertThat(extend.metaInformation().userId()).contains(new UserId("wv:alice@ims.example.com"));
        assertThat(extend.extendConversationUserId().userId().value()).isEqualTo("wv:bob@imps.example.com");
        assertThat(extend.userIdList()).containsExactly(new UserId("wv:tom@ims.example.com"));
        assertThat(extend.ownScreenName().name()).isEqualTo("Alice");
        assertThat(extend.ownScreenName().groupId()).isEmpty();
        assertThat(extend.subscribeNotif()).isTrue();

        attempts.answered(200);
        assertThat(attempts.stage()).isInstanceOf(Stage.Waiting.class);
        assertThat(attempts.toldTo(PARTICIPATION)).isEmpty();

        attempts.extended(200);
        assertThat(attempts.answer()).isEqualTo(200);
        Event.EntryAgreed agreed = entry(PARTICIPATION);
        assertThat(agreed.joined()).isTrue();
        assertThat(agreed.replaced()).contains(WITH_BOB);
        assertThat(agreed.host()).isEqualTo(IMPS);
        assertThat(agreed.invitees()).as("the host invites them").isEmpty();
    }

    @Test
    void theMarksAreWhatTheShapesSay() {
        attempts.put(invite(Map.of(), Optional.empty(), entries(BOB + "?Replaces=call-1%40h%3Bto-tag%3Da", TOM)));
        assertThat(marks().callId()).contains("call-1@h");
        Attempts other = new Attempts();
        other.put(invite(Map.of(), Optional.empty(), entries(BOB + ";method=INVITE?Session-Replaces=c-1", TOM)));
        Event.Marks marks = ((Event.TalkSought) other.toldTo(WITH_BOB).getFirst()).marks();
        assertThat(marks.session()).contains("c-1");
        assertThat(marks.callId()).contains("c-1");
    }

    @Test
    void aReinviteInTheDialogAsksForItAndIsAnsweredInItsTransaction() {
        attempts.put(new Event.ExtensionAsked(reinvite(BOB, TOM), WITH_BOB));
        assertThat(attempts.sent().primitive()).isInstanceOf(ExtendConversationRequest.class);
        attempts.answered(200).extended(200);
        Event.EntryAgreed agreed = entry(PARTICIPATION);
        assertThat(agreed.reinvite()).isPresent();
        assertThat(agreed.invite().usage()).isEqualTo(Attempts.USAGE);
    }

    @Test
    void aRefusedReinviteLeavesTheDialogAlone() {
        attempts.put(new Event.ExtensionAsked(reinvite(BOB, TOM), WITH_BOB)).answered(815);
        assertThat(attempts.commands)
                .anyMatch(command -> command.equals(new org.impsiwf.mapping.event.Command.Sip(
                        new SipCommand.RefuseReinvite(Attempts.USAGE, reinvite().transaction(), attempts.refusal()))))
                .noneMatch(command -> command instanceof org.impsiwf.mapping.event.Command.Forget);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
    }

    @Test
    @Tag("tx:ExtendConversation")
    void aSipPartnerIsAskedIntoAGroupOfOursAndHisInvitationCarriesTheReplaces() {
        attempts.put(invite(Map.of("replaces", "call-9;to-tag=x;from-tag=y"), Optional.empty(), entries(DAVE, BOB)));
        attempts.named(WITH_BOB, false);
        assertThat(attempts.sent().peer()).isEqualTo(SELF);
        ExtendConversationRequest extend =
                (ExtendConversationRequest) attempts.sent().primitive();
        assertThat(extend.extendConversationUserId().userId().value()).isEqualTo("wv:dave@ims.example.com");
        assertThat(extend.userIdList()).containsExactly(new UserId("wv:bob@imps.example.com"));
        assertThat(attempts.toldTo("E:dave@ims.example.com|alice@ims.example.com"))
                .containsExactly(
                        new Event.ReplacementOffered("E:u1", Map.of("Replaces", "call-9;to-tag=x;from-tag=y")));
    }

    @ParameterizedTest
    @CsvSource({
        "?Replaces=call-9%3Bto-tag%3Dx%3Bfrom-tag%3Dy, Replaces, call-9;to-tag=x;from-tag=y",
        ";method=INVITE?Session-Replaces=c-9, Session-Replaces, c-9"
    })
    void aMarkAtASipUsersEntryNamesThePartnerAndTravels(String mark, String header, String value) {
        attempts.put(invite(Map.of(), Optional.empty(), entries(TOM, DAVE + mark, BOB)));
        assertThat(attempts.toldTo("E:dave@ims.example.com|alice@ims.example.com"))
                .containsExactly(new Event.ReplacementOffered("E:u1", Map.of(header, value)));
    }

    @Test
    void theMailboxOfThePairTellsAParticipationWhatWasOfferedAndAnybodyElseNothing() {
        attempts.put(new Event.ReplacementOffered("E:u1", Map.of("Replaces", "call-9;to-tag=x;from-tag=y")));
        attempts.put(new Event.ReplacementSought("P:/talk@iwf.example.com!dave@ims.example.com"));
        assertThat(attempts.toldTo("P:/talk@iwf.example.com!dave@ims.example.com"))
                .containsExactly(new Event.ReplacementNamed(
                        "E:u1", Optional.empty(), true, Map.of("Replaces", "call-9;to-tag=x;from-tag=y")));
        attempts.timeUp();
        assertThat(attempts.state).isEmpty();
        attempts.put(new Event.ReplacementSought("P:/talk@iwf.example.com!dave@ims.example.com"));
        assertThat(attempts.toldTo("P:/talk@iwf.example.com!dave@ims.example.com"))
                .containsExactly(new Event.ReplacementNamed("E:u1", Optional.empty(), false, Map.of()));
    }

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
        extending().answered(code);
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
        extending().answered(200).extended(code);
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(attempts.refusal().status()).isEqualTo(sip);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whatThePartnerSaidToItIsPassedOn() {
        extending()
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
    void theOutcomeMayOvertakeTheStatus() {
        extending().extended(200);
        assertThat(entry(PARTICIPATION).replaced()).contains(WITH_BOB);
    }

    @Test
    @Tag("CSPX-29")
    @Tag("CSPX-31")
    void ourOwnTimerEndsTheWaitAboveThatOfTheProvider() {
        extending().answered(200);
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
        assertThat(left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void aPeerThatSaysNothingIsA408AndWhatItDidNeverthelessIsUndone() {
        extending().failed(SspEvent.Cause.NO_ANSWER);
        assertThat(attempts.refusal().status()).isEqualTo(408);
        assertThat(attempts.stage()).isInstanceOf(Stage.Withdrawn.class);
        attempts.extended(200);
        assertThat(left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void aPeerThatIsDownIsA480AndNothingIsLeftToUndo() {
        extending().failed(SspEvent.Cause.NO_SESSION);
        assertThat(attempts.refusal().status()).isEqualTo(480);
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whoGivesUpBeforeTheStatusLeavesTheGroupWhenItComes() {
        extending().put(new SipEvent.InviteCancelled(Attempts.USAGE));
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
        attempts.answered(200).extended(200);
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(left()).isEqualTo("wv:/talk@imps.example.com");
        attempts.put(new Event.Ssp(
                new SspEvent.ResponseReceived(IMPS, ((Stage.Leaving) attempts.stage()).request(), Status.of(200))));
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void whoGivesUpWhileThePartnerIsAskedLeavesTheGroupWhenItComes() {
        extending().answered(200).put(new SipEvent.ByeReceived(Attempts.USAGE, Optional.empty()));
        attempts.extended(200);
        assertThat(left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void whoGivesUpAndIsRefusedAnywayLeavesNothing() {
        extending().answered(200).put(new SipEvent.InviteCancelled(Attempts.USAGE));
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
        assertThat(left()).startsWith("wv:alice/adhoc-");
        for (int i = 0; i < 4; i++) {
            attempts.failed(SspEvent.Cause.NO_SESSION).timeUp();
            assertThat(left()).startsWith("wv:alice/adhoc-");
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
        extending().answered(200).put(new Event.TalkEnded(WITH_BOB));
        assertThat(attempts.refusal().status()).isEqualTo(603);
        attempts.extended(200);
        assertThat(left()).isEqualTo("wv:/talk@imps.example.com");
    }

    @Test
    void anotherTalkThatEndsIsNoneOfOurs() {
        extending().answered(200).put(new Event.TalkEnded(WITH_ERIN));
        assertThat(attempts.stage()).isInstanceOf(Stage.Waiting.class);
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
        assertThat(handedOver().invitees()).extracting(Invitee::uri).containsExactly(BOB, TOM);
    }

    @Test
    void whoCannotBeInvitedIsNamedWhileTheRestGoesOn() {
        attempts.put(invite(BOB, "sip:x@nowhere.example.net", "sip:bob/friends@imps.example.com", "mailto:a@b.c"))
                .answered(200);
        assertThat(handedOver().invitees()).extracting(Invitee::uri).containsExactly(BOB);
        assertThat(handedOver().headers())
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
        assertThat(handedOver().invitees())
                .containsExactly(
                        new Invitee(BOB, Optional.of("Bob"), true),
                        new Invitee(ERIN, Optional.empty(), false),
                        new Invitee(TOM, Optional.empty(), false),
                        new Invitee(BEN, Optional.empty(), true));
    }

    @Test
    void anOutcomeFromAnotherPeerOrForAnotherExtensionChangesNothing() {
        extending().answered(200);
        String id = attempts.extensionId();
        attempts.extended(IMPS2, id, "wv:/talk@imps2.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.answer()).isEqualTo(901);
        attempts.extended(IMPS, id + "x", "wv:/talk@imps.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.answer()).isEqualTo(402);
        assertThat(attempts.stage()).isInstanceOf(Stage.Waiting.class);
    }

    @Test
    void aGroupThatIsNotTheHostsIsNoGroup_500() {
        extending().answered(200);
        attempts.extended(IMPS, attempts.extensionId(), "wv:/talk@imps2.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.refusal().status()).isEqualTo(500);
        assertThat(attempts.toldTo("P:/talk@imps2.example.com!alice@ims.example.com"))
                .isEmpty();
    }

    @Test
    void aRepeatedOutcomeIsAnsweredAndNothingMore() {
        extending().answered(200);
        String id = attempts.extensionId();
        attempts.extended(200);
        attempts.extended(IMPS, id, "wv:/talk@imps.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(attempts.toldTo(PARTICIPATION)).isEmpty();
    }

    @Test
    void aCancelThatComesAfterTheEntryIsPassedOn() {
        extending().answered(200).extended(200);
        attempts.put(new SipEvent.InviteCancelled(Attempts.USAGE));
        assertThat(attempts.toldTo(PARTICIPATION))
                .containsExactly(new Event.Sip(new SipEvent.InviteCancelled(Attempts.USAGE)));
        attempts.timeUp();
        assertThat(attempts.state).isEmpty();
    }

    @Test
    void aGatewayThatStopsRefusesWhatIsNotAnswered() {
        extending().put(new Event.Draining());
        assertThat(attempts.refusal().status()).isEqualTo(503);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
    }

    private Attempts extending() {
        return attempts.replacing(BOB, TOM).named(WITH_BOB, true);
    }

    private Event.Marks marks() {
        return ((Event.TalkSought) attempts.toldTo(WITH_BOB).getFirst()).marks();
    }

    private Event.EntryAgreed entry(String participation) {
        List<Event> told = attempts.toldTo(participation);
        assertThat(told)
                .as("told to " + participation + ": " + attempts.commands)
                .hasSize(1);
        return (Event.EntryAgreed) told.getFirst();
    }

    private Event.EntryAgreed handedOver() {
        return entry(((Stage.HandedOver) attempts.stage()).participation());
    }

    private String left() {
        return ((LeaveGroupRequest) attempts.sent().primitive()).groupId().value();
    }
}
