package org.impsiwf.mapping.participation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a member's mailbox does that takes another mailbox to begin it. */
class ParticipationTest {

    private static final MailboxKey TALK =
            new MailboxKey(MailboxKey.Kind.CONVERSATION, "alice@ims.example.com|bob@imps.example.com");

    private static final MailboxKey EXTENSION = new MailboxKey(MailboxKey.Kind.EXTENSION, "e1");

    @Test
    @DisplayName("RFC 7701 §6.1: a message in the group is sent as CPIM from the sender's name to the room")
    void sendsWhatIsSaidAndTellsThatItIsSaved() {
        Scene scene = Scene.open();
        scene.on(Scene.said("d1", "1@imps.example.com", "hi"));
        assertThat(scene.told(Scene.FOCUS, Event.MessageTaken.class))
                .containsExactly(new Event.MessageTaken(Scene.KEY.text(), "d1", 200));
        MsrpCommand.SendMessage sent = scene.messages().getFirst();
        assertThat(text(sent))
                .contains("From: \"Bob\" <sip:/room@imps.example.com;screen-name=Bob>")
                .contains("To: <sip:/room@imps.example.com>")
                .endsWith("hi");
        scene.on(new Event.Msrp(new MsrpEvent.MessageAccepted(scene.session(), sent.messageId())));
        assertThat(scene.state().orElseThrow().due()).isEmpty();
    }

    @Test
    void tellsNobodyThatItHasTakenAMessageWhereATellingIsNotLost() {
        Scene scene = Scene.openOn(Scene.POLICY.onOneNode());
        scene.on(Scene.said("d1", "1@imps.example.com", "hi"));
        assertThat(scene.told(Scene.FOCUS, Event.MessageTaken.class)).isEmpty();
        assertThat(scene.messages()).hasSize(1);
    }

    @Test
    void repeatsOfALongTalkAreKnown() {
        Scene scene = Scene.open();
        for (int i = 0; i < 3 * Recent.GENERATION; i++) {
            scene.on(Scene.said("d" + i, i + "@imps.example.com", "hi"));
            scene.on(new Event.Msrp(new MsrpEvent.MessageAccepted(
                    scene.session(), scene.messages().getLast().messageId())));
        }
        int before = scene.messages().size();
        for (int i = 2 * Recent.GENERATION; i < 3 * Recent.GENERATION; i++) {
            scene.on(Scene.said("again" + i, i + "@imps.example.com", "hi"));
        }
        assertThat(scene.messages()).as("the last ones are remembered").hasSize(before);
        scene.on(Scene.said("again0", "0@imps.example.com", "hi"));
        assertThat(scene.messages()).as("the first ones are not for ever").hasSize(before + 1);
    }

    private static String text(MsrpCommand.SendMessage sent) {
        return new String(sent.content().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void answersADistributionThatIsToldAgainAndSendsItOnce() {
        Scene scene = Scene.open();
        scene.on(Scene.said("d1", "", "hi"));
        scene.on(Scene.said("d1", "", "hi"));
        assertThat(scene.told(Scene.FOCUS, Event.MessageTaken.class))
                .extracting(Event.MessageTaken::code)
                .containsExactly(200, 200);
        assertThat(scene.messages()).hasSize(1);
    }

    @Test
    void sendsOnceWhatTheHostSendsInTwoTransactions() {
        Scene scene = Scene.open();
        scene.on(Scene.said("d1", "1@imps.example.com", "hi"));
        scene.on(Scene.said("d2", "1@imps.example.com", "hi"));
        assertThat(scene.messages()).hasSize(1);
        assertThat(scene.told(Scene.FOCUS, Event.MessageTaken.class)).hasSize(2);
    }

    @Test
    void sendsTheMemberNoEcho() {
        Scene scene = Scene.open();
        Event.MessageSaid own = Scene.said("d1", "1@imps.example.com", "mine");
        scene.on(new Event.MessageSaid(own.focus(), own.distribution(), own.message(), Optional.of("Alice")));
        assertThat(scene.messages()).isEmpty();
        assertThat(scene.told(Scene.FOCUS, Event.MessageTaken.class))
                .extracting(Event.MessageTaken::code)
                .containsExactly(200);
    }

    @Test
    @Tag("status:808")
    void refusesAMessageForWhoIsNotIn() {
        Scene scene = new Scene();
        scene.on(Scene.said("d1", "1@imps.example.com", "hi"));
        assertThat(scene.told(Scene.FOCUS, Event.MessageTaken.class))
                .containsExactly(new Event.MessageTaken(Scene.KEY.text(), "d1", 808));
        assertThat(scene.state()).isEmpty();
    }

    @Test
    @DisplayName("RFC 7701 §6.4: a slow member misses messages, is told so, and its queue has an end")
    void leavesOutMessagesForASlowMemberAndTellsIt() {
        Scene scene = Scene.open();
        int most = Scene.POLICY.queueMessages();
        for (int i = 0; i < most + 2; i++) {
            scene.on(Scene.said("d" + i, i + "@imps.example.com", "message " + i));
        }
        assertThat(scene.told(Scene.FOCUS, Event.MessageTaken.class))
                .extracting(Event.MessageTaken::code)
                .containsOnly(200, 507)
                .endsWith(507, 507);
        assertThat(scene.messages()).as("on their way at once").hasSizeLessThan(most);
        while (!scene.state().orElseThrow().due().isEmpty()) {
            String oldest = scene.state().orElseThrow().due().getFirst().id();
            scene.on(new Event.Msrp(new MsrpEvent.MessageAccepted(scene.session(), oldest)));
        }
        assertThat(scene.messages()).hasSize(most + 1);
        assertThat(text(scene.messages().getLast())).contains("2 messages were left out");
    }

    @Test
    @DisplayName("RFC 7701 §6.1: a type that the member's client does not take is not forwarded to it")
    void leavesOutWhatTheClientDoesNotTake() {
        Scene scene = new Scene();
        scene.on(Scene.invite(Scene.media("text/plain")));
        scene.prepared();
        scene.answered(JoinGroupRequest.class, Scene.joined());
        scene.connected();
        InstantMessage image = new InstantMessage(
                "1@imps.example.com",
                "sip:/room@imps.example.com;screen-name=Bob",
                "sip:/room@imps.example.com",
                Optional.empty(),
                "image/png",
                new byte[] {1},
                false);
        scene.on(Scene.said("d1", image));
        assertThat(scene.messages()).isEmpty();
        assertThat(scene.state().orElseThrow().due()).isEmpty();
    }

    @Test
    @DisplayName("RFC 4975 §5.4: what was not acknowledged goes out in the rebuilt session under its Message-ID")
    void sendsAgainWhatWasOnItsWayWhenTheConnectionBroke() {
        Scene scene = Scene.open();
        scene.on(Scene.said("d1", "1@imps.example.com", "hi"));
        String id = scene.messages().getFirst().messageId();
        scene.on(new Event.Msrp(new MsrpEvent.MessageRefused(scene.session(), id, 408)));
        scene.prepared();
        assertThat(scene.sip()).hasAtLeastOneElementOfType(SipCommand.SendReinvite.class);
        scene.takeOrders();
        scene.on(new Event.Sip(new SipEvent.ReinviteAnswered(
                Scene.USAGE, SipEvent.FinalResponse.of(200, "OK"), Optional.of(Scene.media("text/plain")))));
        scene.connected();
        assertThat(scene.messages())
                .extracting(MsrpCommand.SendMessage::messageId)
                .containsExactly(id);
    }

    @Test
    void endsTheSessionOfWhoIsPutOut() {
        Scene scene = Scene.open();
        scene.on(new Event.PutOut("kicked", false));
        assertThat(scene.sip()).containsExactly(new SipCommand.EndUsage(Scene.USAGE, Optional.of("kicked")));
        assertThat(scene.sent(MsrpCommand.CloseSession.class)).hasSize(1);
        assertThat(scene.sent(SspCommand.SendRequest.class))
                .as("nothing to leave")
                .isEmpty();
        assertThat(scene.told(Scene.FOCUS, Event.Left.class)).hasSize(1);
        assertThat(scene.state().orElseThrow().isQuiet()).isTrue();
    }

    @Test
    void leavesTheGroupWhenTheGatewayStops() {
        Scene scene = Scene.open();
        scene.on(new Event.Draining());
        assertThat(scene.sip()).hasAtLeastOneElementOfType(SipCommand.EndUsage.class);
        scene.answered(LeaveGroupRequest.class, Status.of(200));
        assertThat(scene.state().orElseThrow().isQuiet()).isTrue();
        assertThat(scene.told(Scene.FOCUS, Event.Left.class)).hasSize(1);
    }

    @Test
    void tellsAHostThatWasDownOfTheLeavingWhenItIsBack() {
        Scene scene = Scene.open();
        scene.on(new Event.Sip(new SipEvent.ByeReceived(Scene.USAGE, Optional.empty())));
        var first = scene.sent(SspCommand.SendRequest.class).getLast();
        scene.on(new Event.Ssp(new SspEvent.RequestFailed(Scene.HOST, first.request(), SspEvent.Cause.NO_SESSION)));
        assertThat(scene.state()).isPresent();
        scene.takeOrders();
        scene.afterwards(Duration.ofSeconds(31));
        scene.answered(LeaveGroupRequest.class, Status.of(200));
        assertThat(scene.state()).isEmpty();
    }

    private static Event.EntryAgreed agreed(Optional<SipTransactionId> reinvite, boolean joined) {
        return new Event.EntryAgreed(
                Scene.inviteReceived(Scene.media("text/plain"), "sip:conference@iwf.example.com"),
                reinvite,
                new GroupId("wv:/room@imps.example.com"),
                Scene.HOST,
                joined,
                Optional.of("Alice"),
                Optional.of(TALK.text()),
                List.of(new Event.Invitee("sip:bob@imps.example.com", Optional.of("Bob"), true)),
                Map.of("P-Refused-URI-List", "<cid:1>"),
                EXTENSION.text());
    }

    @Test
    @Tag("CSPX-27")
    @DisplayName(
            "CSPX-27: whom the host has joined already needs no JoinGroup; the talk ends once the INVITE is answered")
    void answersTheInviteOfWhoIsJoinedAlready() {
        Scene scene = new Scene();
        scene.on(agreed(Optional.empty(), true));
        assertThat(scene.told(TALK, Event.SessionReplaced.class)).isEmpty();
        scene.prepared();
        SipCommand.AcceptInvite accepted =
                scene.sent(SipCommand.AcceptInvite.class).getFirst();
        assertThat(accepted.focus()).contains(new SipUri("sip:/room@imps.example.com"));
        assertThat(accepted.headers()).containsKey("P-Refused-URI-List");
        assertThat(scene.told(TALK, Event.SessionReplaced.class))
                .containsExactly(new Event.SessionReplaced(Scene.KEY.text(), false));
        assertThat(requests(scene)).containsExactly("InviteRequest");
        assertThat(scene.told(Scene.FOCUS, Event.Entered.class))
                .extracting(Event.Entered::screenName)
                .containsExactly("Alice");
        assertThat(scene.told(Scene.FOCUS, Event.Asked.class)).hasSize(1);
    }

    @Test
    void takesAnEntryThatIsToldAgainForTheSameOne() {
        Scene scene = new Scene();
        scene.on(agreed(Optional.empty(), true));
        assertThat(scene.told(EXTENSION, Event.EntryTaken.class)).hasSize(1);
        scene.prepared();
        scene.takeOrders();
        MemberLeg before = scene.state().orElseThrow().leg();
        scene.on(agreed(Optional.empty(), true));
        assertThat(scene.told(EXTENSION, Event.EntryTaken.class)).hasSize(1);
        assertThat(scene.sip()).isEmpty();
        assertThat(scene.state().orElseThrow().leg()).isEqualTo(before);
    }

    @Test
    void staysOutWhenAnEntryIsToldAgainAfterItsInviteHasEnded() {
        Scene scene = new Scene();
        scene.on(agreed(Optional.empty(), true));
        scene.takenOver();
        assertThat(scene.sent(SipCommand.RefuseInvite.class)).hasSize(1);
        assertThat(requests(scene)).containsExactly("LeaveGroupRequest");
        scene.takeOrders();
        scene.on(agreed(Optional.empty(), true));
        assertThat(scene.told(EXTENSION, Event.EntryTaken.class)).hasSize(1);
        assertThat(scene.state().orElseThrow().leg()).isEqualTo(new MemberLeg.Away());
    }

    private static List<String> requests(Scene scene) {
        return scene.sent(SspCommand.SendRequest.class).stream()
                .map(order -> order.primitive().getClass().getSimpleName())
                .toList();
    }

    @Test
    void joinsWhomTheHostHasNotJoinedBeforeAnyoneIsInvited() {
        Scene scene = new Scene();
        scene.on(agreed(Optional.empty(), false));
        scene.prepared();
        assertThat(requests(scene)).containsExactly("JoinGroupRequest");
        assertThat(scene.sip()).isEmpty();
        scene.answered(JoinGroupRequest.class, Scene.joined());
        assertThat(scene.sip()).hasOnlyElementsOfType(SipCommand.AcceptInvite.class);
        assertThat(requests(scene)).containsExactly("JoinGroupRequest", "InviteRequest");
    }

    @Test
    void leavesTheTalkAloneWhenTheHostDoesNotLetTheUserIn() {
        Scene scene = new Scene();
        scene.on(agreed(Optional.empty(), false));
        scene.prepared();
        scene.answered(JoinGroupRequest.class, Status.of(817));
        assertThat(scene.sent(SipCommand.RefuseInvite.class))
                .extracting(refusal -> refusal.refusal().status())
                .containsExactly(486);
        assertThat(scene.told(TALK, Event.SessionReplaced.class)).isEmpty();
        assertThat(scene.state()).isEmpty();
    }

    @Test
    @DisplayName(
            "mapping, shape e: a re-INVITE of the talk is answered as such, and its dialog is the conference's then")
    void answersAReinviteOfTheTalk() {
        Scene scene = new Scene();
        SipTransactionId transaction = new SipTransactionId("r1");
        scene.on(agreed(Optional.of(transaction), true));
        scene.prepared();
        assertThat(scene.sent(SipCommand.AcceptReinvite.class))
                .extracting(SipCommand.AcceptReinvite::transaction)
                .containsExactly(transaction);
        assertThat(scene.told(TALK, Event.SessionReplaced.class))
                .containsExactly(new Event.SessionReplaced(Scene.KEY.text(), true));
    }

    private static InviteRequest extension() {
        return new InviteRequest(
                MetaInformation.ofUser(Scene.HOST, new UserId("wv:bob@imps.example.com")),
                new InviteId("i1"),
                InviteType.EC,
                User.of("wv:bob@imps.example.com"),
                User.of("wv:alice@ims.example.com"),
                Optional.of(new GroupId("wv:/room@imps.example.com")),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(60)));
    }

    /** Invited to extend the talk with Bob; the talk has answered so. */
    private static Scene invited(Optional<InviteUsageId> usage, boolean understood, Map<String, String> headers) {
        Scene scene = new Scene();
        scene.asks(extension());
        scene.prepared();
        assertThat(scene.told(TALK, Event.ReplacementSought.class)).hasSize(1);
        assertThat(scene.sip()).as("before it is known what is replaced").isEmpty();
        scene.on(new Event.ReplacementNamed(TALK.text(), usage, understood, headers));
        return scene;
    }

    private static SipCommand.SendInvite invitation(Scene scene) {
        return scene.sent(SipCommand.SendInvite.class).getFirst();
    }

    private static void accept(Scene scene) {
        scene.on(new Event.Sip(new SipEvent.InviteAccepted(
                scene.usage(), Scene.head("sip:iwf.example.com"), Scene.media("text/plain"))));
    }

    @Test
    @Tag("CSPX-23")
    @DisplayName("CSPX-23, RFC 3891: the INVITE replaces the talk's dialog; who accepts is joined, and the talk ends")
    void invitesWithReplacesAClientThatKnowsIt() {
        InviteUsageId talks = new InviteUsageId("talks");
        Scene scene = invited(Optional.of(talks), true, Map.of());
        assertThat(invitation(scene).replaces()).contains(talks);
        assertThat(invitation(scene).focus()).contains(new SipUri("sip:/room@imps.example.com"));
        assertThat(requests(scene)).isEmpty();
        accept(scene);
        assertThat(requests(scene)).contains("JoinGroupRequest");
        assertThat(scene.told(TALK, Event.SessionReplaced.class)).hasSize(1);
    }

    @Test
    void invitesPlainlyAClientThatKnowsNoReplaces() {
        Scene scene = invited(Optional.of(new InviteUsageId("talks")), false, Map.of());
        assertThat(invitation(scene).replaces()).isEmpty();
        accept(scene);
        assertThat(scene.told(TALK, Event.SessionReplaced.class)).hasSize(1);
    }

    @Test
    void passesOnTheDialogOfOthersThatTheInitiatorNames() {
        Scene scene = invited(Optional.empty(), false, Map.of("Replaces", "c1;to-tag=a;from-tag=b"));
        assertThat(invitation(scene).headers()).containsEntry("Replaces", "c1;to-tag=a;from-tag=b");
        accept(scene);
        assertThat(scene.told(TALK, Event.SessionReplaced.class)).isEmpty();
    }

    @Test
    void invitesWithoutReplacesWhenNobodySaysWhatIsReplaced() {
        Scene scene = new Scene();
        scene.asks(extension());
        scene.prepared();
        scene.afterwards(Scene.POLICY.connectWait());
        assertThat(invitation(scene).replaces()).isEmpty();
    }

    @Test
    void declinedTheTalkStaysAsItWas() {
        Scene scene = invited(Optional.of(new InviteUsageId("talks")), true, Map.of());
        scene.on(new Event.Sip(new SipEvent.InviteRefused(scene.usage(), SipEvent.FinalResponse.of(603, "Decline"))));
        assertThat(scene.told(TALK, Event.SessionReplaced.class)).isEmpty();
        assertThat(scene.state().orElseThrow().isQuiet()).isTrue();
        assertThat(requests(scene)).containsExactly("InviteResponse");
        scene.answered(InviteResponse.class, Status.of(200));
        assertThat(scene.state()).isEmpty();
    }

    @Test
    void saysAgainWhatWasSaidLastWhenItsNodeMayHaveDiedWithIt() {
        Scene scene = invited(Optional.of(new InviteUsageId("talks")), true, Map.of());
        scene.on(new Event.Sip(new SipEvent.InviteRefused(scene.usage(), SipEvent.FinalResponse.of(603, "Decline"))));
        SspCommand.SendRequest answer = scene.sent(SspCommand.SendRequest.class).getLast();
        scene.takeOrders();
        scene.takenOver();
        assertThat(scene.sent(SspCommand.SendRequest.class)).containsExactly(answer);

        Scene open = Scene.open();
        open.on(new Event.PutOut("kicked", false));
        open.takeOrders();
        open.takenOver();
        assertThat(open.sip()).containsExactly(new SipCommand.EndUsage(Scene.USAGE, Optional.of("kicked")));
        open.afterwards(Scene.POLICY.answerWait());
        assertThat(open.state()).isEmpty();
    }

    @Test
    void keepsNothingOfWhatWasSaidLastWhereATellingIsNotLost() {
        Scene scene = Scene.openOn(Scene.POLICY.onOneNode());
        scene.on(new Event.PutOut("kicked", false));
        assertThat(scene.state()).isEmpty();
    }

    @Test
    @DisplayName("RFC 5438 §8.2: one notification for all who got the message")
    void tellsThePosterOnceThatItsMessageWasDelivered() {
        Scene scene = new Scene();
        scene.on(Scene.invite(Scene.media("text/plain", "message/imdn+xml")));
        scene.prepared();
        scene.answered(JoinGroupRequest.class, Scene.joined());
        scene.connected();
        scene.on(new Event.ReportDue(
                new Event.AskedByImdn(
                        "m1", true, false, Optional.empty(), "sip:alice@ims.example.com", "wv:/room@imps.example.com"),
                200));
        assertThat(text(scene.messages().getFirst())).contains("<delivered/>").contains("sip:/room@imps.example.com");
    }
}
