package org.impsiwf.mapping.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Marks;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.event.Policy.Conferences.Replacing;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A talk that becomes a group, or does not: which session is meant, and what becomes of messages that are on their way. */
class BecomingTest {

    private static final InviteUsageId USAGE = new InviteUsageId("usage");
    private static final String EXTENSION = "E:u2";
    private static final String PARTICIPATION = "P:/talk@imps.example.com!alice@ims.example.com";

    private Policy policy = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Optional<Conversation> state = Optional.empty();
    private List<Command> commands = List.of();
    private int ids;

    static Stream<Marks> marksOfTheSession() {
        return Stream.of(
                new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty()),
                new Marks(Optional.empty(), Optional.of("call"), Optional.empty()),
                new Marks(Optional.empty(), Optional.empty(), Optional.of("contribution-1")),
                new Marks(Optional.empty(), Optional.empty(), Optional.of("5ca1ab1e;remote=0")),
                new Marks(Optional.empty(), Optional.of("call"), Optional.of("call")));
    }

    @ParameterizedTest
    @MethodSource("marksOfTheSession")
    @Tag("SIPX-11")
    void isMeantByAnyNameThatItsClientHasForTheSession(Marks marks) {
        open();
        put(new Event.TalkSought(EXTENSION, marks));
        assertThat(told(EXTENSION)).containsExactly(new Event.TalkNamed(Samples.KEY.text(), true, false));
    }

    @Test
    void isNotMeantByOtherNamesNorWithoutASession() {
        open();
        put(sought(new Marks(
                Optional.of(new InviteUsageId("other")), Optional.of("other"), Optional.of("contribution-2"))));
        assertThat(told(EXTENSION)).containsExactly(new Event.TalkNamed(Samples.KEY.text(), false, false));
        put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        put(sought(new Marks(Optional.of(USAGE), Optional.of("call"), Optional.empty())));
        assertThat(told(EXTENSION)).containsExactly(new Event.TalkNamed(Samples.KEY.text(), false, false));
    }

    @Test
    void whoAsksForATalkThatNeverWasIsToldSo() {
        Interworking interworking = new Interworking(policy, Samples.DOMAINS, () -> "id");
        var marks = new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty());
        assertThat(interworking
                        .decide(Samples.KEY, Optional.empty(), sought(marks), now)
                        .commands())
                .containsExactly(new Command.Tell(
                        MailboxKey.parse(EXTENSION).orElseThrow(),
                        new Event.TalkNamed(Samples.KEY.text(), false, false)));
        assertThat(interworking
                        .decide(Samples.KEY, Optional.empty(), new Event.ReplacementSought(PARTICIPATION), now)
                        .commands())
                .containsExactly(new Command.Tell(
                        MailboxKey.parse(PARTICIPATION).orElseThrow(),
                        new Event.ReplacementNamed(Samples.KEY.text(), Optional.empty(), false, Map.of())));
    }

    @Test
    void becomesOneGroupAtATimeAndAnotherOneWhenThatIsOver() {
        open();
        Marks marks = new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty());
        put(sought(marks));
        put(new Event.TalkSought("E:u3", marks));
        assertThat(told("E:u3")).containsExactly(new Event.TalkNamed(Samples.KEY.text(), true, true));
        put(new Event.ExtensionOver(EXTENSION));
        put(new Event.TalkSought("E:u3", marks));
        assertThat(told("E:u3")).containsExactly(new Event.TalkNamed(Samples.KEY.text(), true, false));
    }

    @Test
    @Tag("SIPX-12")
    void aListInTheDialogIsAnExtensionAndASecondOneHasToWait_491() {
        open();
        put(relisted());
        Event.ExtensionAsked asked = (Event.ExtensionAsked) commands.stream()
                .filter(Command.Tell.class::isInstance)
                .map(command -> ((Command.Tell) command).event())
                .findFirst()
                .orElseThrow();
        assertThat(asked.talk()).isEqualTo(Samples.KEY.text());
        put(relisted());
        assertThat(sip(SipCommand.RefuseReinvite.class).refusal().status()).isEqualTo(491);
    }

    @Test
    void theEndOfTheDialogEndsAnExtensionThatWasAskedForInIt() {
        open();
        put(relisted());
        String extension = state.orElseThrow().becoming().orElseThrow().extension();
        put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        assertThat(told(extension)).containsExactly(new Event.TalkEnded(Samples.KEY.text()));
    }

    @Test
    void whoHangsUpTheTalkMayStillHaveTheGroup() {
        open();
        put(sought(new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty())));
        put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        assertThat(told(EXTENSION)).isEmpty();
    }

    @Test
    void thePartnerWhoTakesTheInvitationBackEndsTheExtension() {
        open();
        put(new Event.Ssp(new SspEvent.RequestReceived(Samples.PEER, Samples.TRANSACTION, Samples.invited())));
        put(sought(new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty())));
        put(new Event.Ssp(new SspEvent.RequestReceived(
                Samples.PEER,
                Samples.TRANSACTION,
                new CancelInviteRequest(
                        MetaInformation.ofUser(Samples.PEER, new UserId("wv:bob@imps.example.com")),
                        new InviteId("i1"),
                        User.of("wv:bob@imps.example.com"),
                        User.of("wv:alice@ims.example.com"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()))));
        assertThat(told(EXTENSION)).containsExactly(new Event.TalkEnded(Samples.KEY.text()));
    }

    @Test
    void namesTheSessionToAnInvitationAndWhetherTheClientKnowsReplaces() {
        open();
        put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(true, Map.of()));
    }

    @Test
    void namesTheSessionByItsContributionIdToAClientThatKnowsNoReplaces() {
        open(List.of());
        put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(false, Map.of("Session-Replaces", "contribution-1")));
    }

    @Test
    void namesTheSessionAsTheOperatorSays() {
        open();
        policy = policy.with(policy.conferences().replacing(Replacing.SESSION_REPLACES));
        put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(false, Map.of("Session-Replaces", "contribution-1")));
    }

    @Test
    void saysReplacesToEveryClientWhereTheOperatorSaysSo() {
        open(List.of());
        policy = policy.with(policy.conferences().replacing(Replacing.REPLACES));
        put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(true, Map.of()));
    }

    private Event named() {
        return told(PARTICIPATION).getFirst();
    }

    private static Event replacement(boolean byReplaces, Map<String, String> headers) {
        return new Event.ReplacementNamed(Samples.KEY.text(), Optional.of(USAGE), byReplaces, headers);
    }

    @Test
    @Tag("SIPX-13")
    void aReplacedSessionThatIsIdleEndsWithByeAtOnce() {
        open();
        put(new Event.SessionReplaced(PARTICIPATION, false));
        assertThat(sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
        assertThat(state.orElseThrow().leg()).isInstanceOf(Leg.NoSession.class);
    }

    @Test
    void aDialogThatIsTheGroupsNowGetsNoBye() {
        open();
        put(new Event.SessionReplaced(PARTICIPATION, true));
        assertThat(commands).noneMatch(command -> command instanceof Command.Sip);
        assertThat(commands).noneMatch(command -> command instanceof Command.Forget);
        assertThat(commands).anyMatch(command -> command instanceof Command.Msrp(MsrpCommand.CloseSession close));
    }

    @Test
    void eventsOfADialogThatTheTalkBeganAndTheGroupHasNowArePassedOn() {
        put(new Event.Ssp(new SspEvent.RequestReceived(Samples.PEER, Samples.TRANSACTION, Samples.invited())));
        put(new Event.Msrp(new MsrpEvent.SessionPrepared(session(), Samples.LOCAL)));
        InviteUsageId ours = state.flatMap(c -> c.leg().usage()).orElseThrow();
        put(new SipEvent.InviteAccepted(ours, head(List.of("replaces")), Samples.MEDIA));
        put(new Event.Msrp(new MsrpEvent.SessionConnected(session())));
        put(new Event.SessionReplaced(PARTICIPATION, true));
        SipEvent bye = new SipEvent.ByeReceived(ours, Optional.empty());
        put(bye);
        assertThat(told(PARTICIPATION)).containsExactly(new Event.Sip(bye));
        put(bye);
        assertThat(told(PARTICIPATION)).isEmpty();
    }

    @Test
    @Tag("CSPX-28")
    void aMessageOfTheSipUserThatIsOnItsWayIsAnsweredBeforeTheSessionEnds() {
        open();
        put(send("m1"));
        SspRequestId request = sspRequest();
        put(new Event.SessionReplaced(PARTICIPATION, false));
        assertThat(commands).as("not yet").noneMatch(command -> command instanceof Command.Sip);
        put(new Event.Ssp(new SspEvent.ResponseReceived(Samples.PEER, request, Status.of(200))));
        List<Command> orders = new ArrayList<>(commands);
        orders.removeIf(command -> command instanceof Command.Note || command instanceof Command.Forget);
        assertThat(orders)
                .hasSize(3)
                .element(0)
                .isInstanceOfSatisfying(
                        Command.Msrp.class,
                        order -> assertThat(((MsrpCommand.AnswerMessage) order.command()).status())
                                .isEqualTo(200));
        assertThat(sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
    }

    @Test
    void aMessageOfTheImpsUserThatTheClientHasTakenIsNotSentAgain() {
        open();
        put(message("1"));
        String id = msrpMessage();
        put(new Event.SessionReplaced(PARTICIPATION, false));
        put(new Event.Msrp(new MsrpEvent.MessageAccepted(session(), id)));
        assertThat(sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
        assertThat(commands)
                .noneMatch(command -> command instanceof Command.Sip(SipCommand.SendMessage again))
                .noneMatch(command -> command instanceof Command.Msrp(MsrpCommand.PrepareSession again));
        assertThat(state.orElseThrow().toSip()).isEmpty();
    }

    @Test
    void aMessageOfTheImpsUserThatWasNotSentYetGoesByItself() {
        open();
        put(message("1"));
        String id = msrpMessage();
        put(new Event.SessionReplaced(PARTICIPATION, false));
        put(message("2"));
        assertThat(commands).as("the session takes nothing more").noneMatch(command -> command instanceof Command.Msrp);
        put(new Event.Msrp(new MsrpEvent.MessageAccepted(session(), id)));
        assertThat(sip(SipCommand.SendMessage.class).body().bytes()).isEqualTo(new byte[] {'2'});
    }

    @Test
    void aMessageThatTheClientDidNotTakeBeforeItLeftGoesOutAgainInASessionOfItsOwn() {
        open();
        put(message("1"));
        put(new Event.SessionReplaced(PARTICIPATION, false));
        put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        assertThat(state.orElseThrow().leg()).isInstanceOf(Leg.Offering.class);
        assertThat(state.orElseThrow().toSip()).hasSize(1);
    }

    @Test
    void aReplacedSessionEndsEvenIfNothingIsAnsweredInIt() {
        open();
        put(message("1"));
        put(new Event.SessionReplaced(PARTICIPATION, false));
        now = now.plus(policy.answerWait());
        put(new Event.DeadlineReached());
        assertThat(sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
    }

    private void open() {
        open(List.of("replaces"));
    }

    private void open(List<String> supported) {
        put(new SipEvent.InviteReceived(USAGE, head(supported), Optional.of(Samples.MEDIA), List.of()));
        put(new Event.Msrp(new MsrpEvent.SessionPrepared(session(), Samples.LOCAL)));
        put(new Event.Msrp(new MsrpEvent.SessionConnected(session())));
        assertThat(state.orElseThrow().leg()).isInstanceOf(Leg.Open.class);
    }

    private static RequestHead head(List<String> supported) {
        RequestHead plain = Samples.head();
        return new RequestHead(
                plain.requestUri(),
                plain.from(),
                plain.to(),
                plain.callId(),
                plain.originator(),
                supported,
                Map.of("contribution-id", List.of("contribution-1"), "session-id", List.of("5ca1ab1e;remote=1")));
    }

    private static SipEvent.ReinviteReceived relisted() {
        UriList list = new UriList(List.of(
                UriList.Entry.to(new SipUri("sip:bob@imps.example.com")),
                UriList.Entry.to(new SipUri("sip:tom@ims.example.com"))));
        return new SipEvent.ReinviteReceived(
                USAGE,
                new SipTransactionId("s1"),
                head(List.of("replaces")),
                Optional.of(Samples.MEDIA),
                List.of(),
                new Conferencing(Optional.of(list), Optional.empty(), false));
    }

    private static Event sought(Marks marks) {
        return new Event.TalkSought(EXTENSION, marks);
    }

    private Event send(String id) {
        return new Event.Msrp(new MsrpEvent.MessageReceived(
                session(),
                new ExchangeId("x1"),
                id,
                new MsrpContent("text/plain", new byte[] {'a'}),
                SuccessReport.NO,
                FailureReport.YES));
    }

    private static Event message(String text) {
        return new Event.MessageShared(
                new Origin.InTransaction(Samples.TRANSACTION),
                new InstantMessage(
                        text + "@imps.example.com",
                        "wv:bob@imps.example.com",
                        "wv:alice@ims.example.com",
                        Optional.empty(),
                        "text/plain",
                        text.getBytes(StandardCharsets.US_ASCII),
                        false));
    }

    private void put(SipEvent event) {
        put(new Event.Sip(event));
    }

    private void put(Event event) {
        var outcome = ConversationRules.decide(
                Samples.KEY,
                state,
                Samples.PARTIES,
                event,
                new Moment(now, () -> "id" + ++ids, Samples.DOMAINS, policy));
        state = Optional.of(outcome.next());
        commands = outcome.commands();
    }

    private MsrpSessionId session() {
        return state.flatMap(c -> c.leg().session()).orElseThrow();
    }

    private List<Event> told(String mailbox) {
        return commands.stream()
                .filter(command -> command instanceof Command.Tell(var to, var event)
                        && to.text().equals(mailbox))
                .map(command -> ((Command.Tell) command).event())
                .toList();
    }

    private <T extends SipCommand> T sip(Class<T> type) {
        return commands.stream()
                .filter(Command.Sip.class::isInstance)
                .map(command -> ((Command.Sip) command).command())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " in " + commands));
    }

    private SspRequestId sspRequest() {
        return commands.stream()
                .filter(command -> command instanceof Command.Ssp(SspCommand.SendRequest r)
                        && r.primitive() instanceof SendMessageRequest)
                .map(command -> ((SspCommand.SendRequest) ((Command.Ssp) command).command()).request())
                .findFirst()
                .orElseThrow();
    }

    private String msrpMessage() {
        return commands.stream()
                .filter(command -> command instanceof Command.Msrp(MsrpCommand.SendMessage send))
                .map(command -> ((MsrpCommand.SendMessage) ((Command.Msrp) command).command()).messageId())
                .findFirst()
                .orElseThrow();
    }
}
