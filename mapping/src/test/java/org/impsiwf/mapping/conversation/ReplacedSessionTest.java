package org.impsiwf.mapping.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.mapping.conversation.OpenTalk.PARTICIPATION;
import static org.impsiwf.mapping.conversation.OpenTalk.USAGE;
import static org.impsiwf.mapping.conversation.OpenTalk.head;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The session of a talk that has become a group: what becomes of it, and of messages that are on their way in it. */
class ReplacedSessionTest {

    private final OpenTalk talk = new OpenTalk();

    @Test
    @Tag("SIPX-13")
    void aReplacedSessionThatIsIdleEndsWithByeAtOnce() {
        talk.open();
        talk.put(new Event.SessionReplaced(PARTICIPATION, false));
        assertThat(talk.sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
        assertThat(talk.state.orElseThrow().leg()).isInstanceOf(Leg.NoSession.class);
    }

    @Test
    void aDialogThatIsTheGroupsNowGetsNoBye() {
        talk.open();
        talk.put(new Event.SessionReplaced(PARTICIPATION, true));
        assertThat(talk.commands).noneMatch(command -> command instanceof Command.Sip);
        assertThat(talk.commands).noneMatch(command -> command instanceof Command.Forget);
        assertThat(talk.commands).anyMatch(command -> command instanceof Command.Msrp(MsrpCommand.CloseSession close));
    }

    @Test
    void eventsOfADialogThatTheTalkBeganAndTheGroupHasNowArePassedOn() {
        talk.put(new Event.Ssp(new SspEvent.RequestReceived(Samples.PEER, Samples.TRANSACTION, Samples.invited())));
        talk.put(new Event.Msrp(new MsrpEvent.SessionPrepared(talk.session(), Samples.LOCAL)));
        InviteUsageId ours = talk.state.flatMap(c -> c.leg().usage()).orElseThrow();
        talk.put(new SipEvent.InviteAccepted(ours, head(List.of("replaces")), Samples.MEDIA));
        talk.put(new Event.Msrp(new MsrpEvent.SessionConnected(talk.session())));
        talk.put(new Event.SessionReplaced(PARTICIPATION, true));
        SipEvent bye = new SipEvent.ByeReceived(ours, Optional.empty());
        talk.put(bye);
        assertThat(talk.told(PARTICIPATION)).containsExactly(new Event.Sip(bye));
        talk.put(bye);
        assertThat(talk.told(PARTICIPATION)).isEmpty();
    }

    @Test
    @Tag("CSPX-28")
    void aMessageOfTheSipUserThatIsOnItsWayIsAnsweredBeforeTheSessionEnds() {
        talk.open();
        talk.put(send("m1"));
        SspRequestId request = sspRequest();
        talk.put(new Event.SessionReplaced(PARTICIPATION, false));
        assertThat(talk.commands).as("not yet").noneMatch(command -> command instanceof Command.Sip);
        talk.put(new Event.Ssp(new SspEvent.ResponseReceived(Samples.PEER, request, Status.of(200))));
        List<Command> orders = new ArrayList<>(talk.commands);
        orders.removeIf(command -> command instanceof Command.Note || command instanceof Command.Forget);
        assertThat(orders)
                .hasSize(3)
                .element(0)
                .isInstanceOfSatisfying(
                        Command.Msrp.class,
                        order -> assertThat(((MsrpCommand.AnswerMessage) order.command()).status())
                                .isEqualTo(200));
        assertThat(talk.sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
    }

    @Test
    void aMessageOfTheImpsUserThatTheClientHasTakenIsNotSentAgain() {
        talk.open();
        talk.put(message("1"));
        String id = msrpMessage();
        talk.put(new Event.SessionReplaced(PARTICIPATION, false));
        talk.put(new Event.Msrp(new MsrpEvent.MessageAccepted(talk.session(), id)));
        assertThat(talk.sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
        assertThat(talk.commands)
                .noneMatch(command -> command instanceof Command.Sip(SipCommand.SendMessage again))
                .noneMatch(command -> command instanceof Command.Msrp(MsrpCommand.PrepareSession again));
        assertThat(talk.state.orElseThrow().toSip()).isEmpty();
    }

    @Test
    void aMessageOfTheImpsUserThatWasNotSentYetGoesByItself() {
        talk.open();
        talk.put(message("1"));
        String id = msrpMessage();
        talk.put(new Event.SessionReplaced(PARTICIPATION, false));
        talk.put(message("2"));
        assertThat(talk.commands)
                .as("the session takes nothing more")
                .noneMatch(command -> command instanceof Command.Msrp);
        talk.put(new Event.Msrp(new MsrpEvent.MessageAccepted(talk.session(), id)));
        assertThat(talk.sip(SipCommand.SendMessage.class).body().bytes()).isEqualTo(new byte[] {'2'});
    }

    @Test
    void aMessageThatTheClientDidNotTakeBeforeItLeftGoesOutAgainInASessionOfItsOwn() {
        talk.open();
        talk.put(message("1"));
        talk.put(new Event.SessionReplaced(PARTICIPATION, false));
        talk.put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        assertThat(talk.state.orElseThrow().leg()).isInstanceOf(Leg.Offering.class);
        assertThat(talk.state.orElseThrow().toSip()).hasSize(1);
    }

    @Test
    void aReplacedSessionEndsEvenIfNothingIsAnsweredInIt() {
        talk.open();
        talk.put(message("1"));
        talk.put(new Event.SessionReplaced(PARTICIPATION, false));
        talk.now = talk.now.plus(talk.policy.answerWait());
        talk.put(new Event.DeadlineReached());
        assertThat(talk.sip(SipCommand.EndUsage.class).usage()).isEqualTo(USAGE);
    }

    private Event send(String id) {
        return new Event.Msrp(new MsrpEvent.MessageReceived(
                talk.session(),
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

    private SspRequestId sspRequest() {
        return talk.commands.stream()
                .filter(command -> command instanceof Command.Ssp(SspCommand.SendRequest r)
                        && r.primitive() instanceof SendMessageRequest)
                .map(command -> ((SspCommand.SendRequest) ((Command.Ssp) command).command()).request())
                .findFirst()
                .orElseThrow();
    }

    private String msrpMessage() {
        return talk.commands.stream()
                .filter(command -> command instanceof Command.Msrp(MsrpCommand.SendMessage send))
                .map(command -> ((MsrpCommand.SendMessage) ((Command.Msrp) command).command()).messageId())
                .findFirst()
                .orElseThrow();
    }
}
