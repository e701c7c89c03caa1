package org.impsiwf.mapping.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.mapping.extension.Attempts.BOB;
import static org.impsiwf.mapping.extension.Attempts.DAVE;
import static org.impsiwf.mapping.extension.Attempts.IMPS;
import static org.impsiwf.mapping.extension.Attempts.IMPS2;
import static org.impsiwf.mapping.extension.Attempts.SELF;
import static org.impsiwf.mapping.extension.Attempts.TOM;
import static org.impsiwf.mapping.extension.Attempts.WITH_BOB;
import static org.impsiwf.mapping.extension.Attempts.entries;
import static org.impsiwf.mapping.extension.Attempts.invite;
import static org.impsiwf.mapping.extension.Attempts.reinvite;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Invitee;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** INVITEs to the factory: what they ask of the IMPS side, and how the initiator gets in. */
class ExtensionTest {

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
        Event.EntryAgreed agreed = attempts.entry("P:" + group + "!alice@ims.example.com");
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
        attempts.policy = attempts.policy.with(attempts.policy.conferences().hostedBy(IMPS2));
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
        Event.EntryAgreed agreed = attempts.entry(PARTICIPATION);
        assertThat(agreed.joined()).isTrue();
        assertThat(agreed.replaced()).contains(WITH_BOB);
        assertThat(agreed.host()).isEqualTo(IMPS);
        assertThat(agreed.invitees()).as("the host invites them").isEmpty();
    }

    @Test
    void theMarksAreWhatTheShapesSay() {
        attempts.put(invite(Map.of(), Optional.empty(), entries(BOB + "?Replaces=call-1%40h%3Bto-tag%3Da", TOM)));
        assertThat(attempts.marks().callId()).contains("call-1@h");
        Attempts other = new Attempts();
        other.put(invite(Map.of(), Optional.empty(), entries(BOB + ";method=INVITE?Session-Replaces=c-1", TOM)));
        Event.Marks marks = ((Event.TalkSought) other.toldTo(WITH_BOB).getFirst()).marks();
        assertThat(marks.session()).contains("c-1");
        assertThat(marks.callId()).contains("c-1");
    }

    @Test
    void anEntryOfWhichNobodyKnowsWhetherItWasToldIsToldAgain() {
        attempts.put(invite(BOB, TOM)).answered(200);
        Event.EntryAgreed agreed = attempts.handedOver();
        attempts.put(new Event.TakenOver());
        assertThat(attempts.handedOver()).isEqualTo(agreed);

        attempts.timeUp();
        assertThat(attempts.handedOver()).as("its node may have died with it").isEqualTo(agreed);

        attempts.put(new Event.EntryTaken());
        attempts.put(new Event.TakenOver());
        assertThat(attempts.commands).as("the participation has it").isEmpty();
    }

    @Test
    void theTalkHearsOnceMoreThatTheExtensionIsOver() {
        attempts.extending().answered(200).extended(200);
        Event.EntryAgreed agreed = attempts.entry(PARTICIPATION);
        attempts.put(new Event.TakenOver());
        assertThat(attempts.entry(PARTICIPATION)).isEqualTo(agreed);
        assertThat(attempts.toldTo(WITH_BOB)).containsExactly(new Event.ExtensionOver("E:u1"));
    }

    @Test
    void whoGivesUpAfterTheNodeDiedIsTakenOutByTheParticipationThatWasToldFirst() {
        attempts.put(invite(BOB, TOM)).answered(200);
        attempts.put(new Event.TakenOver());
        String participation = ((Stage.HandedOver) attempts.stage()).participation();
        var cancelled = new SipEvent.InviteCancelled(Attempts.USAGE);
        assertThat(attempts.put(cancelled).toldTo(participation)).containsExactly(new Event.Sip(cancelled));
    }

    @Test
    void aReinviteInTheDialogAsksForItAndIsAnsweredInItsTransaction() {
        attempts.put(new Event.ExtensionAsked(reinvite(BOB, TOM), WITH_BOB));
        assertThat(attempts.sent().primitive()).isInstanceOf(ExtendConversationRequest.class);
        attempts.answered(200).extended(200);
        Event.EntryAgreed agreed = attempts.entry(PARTICIPATION);
        assertThat(agreed.reinvite()).isPresent();
        assertThat(agreed.invite().usage()).isEqualTo(Attempts.USAGE);
    }

    @Test
    void aRefusedReinviteLeavesTheDialogAlone() {
        attempts.put(new Event.ExtensionAsked(reinvite(BOB, TOM), WITH_BOB)).answered(815);
        assertThat(attempts.commands)
                .anyMatch(command -> command.equals(new Command.Sip(
                        new SipCommand.RefuseReinvite(Attempts.USAGE, reinvite().transaction(), attempts.refusal()))))
                .noneMatch(command -> command instanceof Command.Forget);
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

    @Test
    void theOutcomeMayOvertakeTheStatus() {
        attempts.extending().extended(200);
        assertThat(attempts.entry(PARTICIPATION).replaced()).contains(WITH_BOB);
    }

    @Test
    void aRepeatedOutcomeIsAnsweredAndNothingMore() {
        attempts.extending().answered(200);
        String id = attempts.extensionId();
        attempts.extended(200);
        attempts.extended(IMPS, id, "wv:/talk@imps.example.com", Status.of(200), Optional.empty());
        assertThat(attempts.answer()).isEqualTo(200);
        assertThat(attempts.toldTo(PARTICIPATION)).isEmpty();
    }

    @Test
    void aCancelThatComesAfterTheEntryIsPassedOn() {
        attempts.extending().answered(200).extended(200);
        attempts.put(new SipEvent.InviteCancelled(Attempts.USAGE));
        assertThat(attempts.toldTo(PARTICIPATION))
                .containsExactly(new Event.Sip(new SipEvent.InviteCancelled(Attempts.USAGE)));
        attempts.put(new Event.EntryTaken()).timeUp();
        assertThat(attempts.state).isEmpty();
    }
}
