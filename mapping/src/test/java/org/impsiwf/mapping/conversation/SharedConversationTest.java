package org.impsiwf.mapping.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Test;

/** What of a talk is saved for other nodes, and that one of them goes on from it alone. */
class SharedConversationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Conversation talk = with(Samples.states(NOW).get("Open"));
    private List<Command> orders = List.of();
    private int lastId;

    private static Conversation with(Leg leg) {
        return new Conversation(
                Samples.PARTIES,
                leg,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void on(Event event) {
        var moment = new Moment(
                NOW,
                () -> "id" + ++lastId,
                Samples.DOMAINS,
                Policy.of("wv:@iwf.example.com", List.of("ims.example.com")));
        var outcome = ConversationRules.decide(Samples.KEY, Optional.of(talk), Samples.PARTIES, event, moment);
        talk = outcome.next();
        orders = outcome.commands();
    }

    private MsrpSessionId session() {
        return talk.leg().session().orElseThrow();
    }

    private void hisMessage() {
        on(new Event.Ssp(new SspEvent.RequestReceived(Samples.PEER, Samples.TRANSACTION, Samples.message())));
    }

    private void herMessage() {
        on(new Event.Msrp(new MsrpEvent.MessageReceived(
                session(),
                new ExchangeId("x" + ++lastId),
                "m1",
                new MsrpContent("text/plain", new byte[] {'b'}),
                SuccessReport.NO,
                FailureReport.YES)));
    }

    private <C> C ordered(Class<C> type) {
        List<C> found = new ArrayList<>();
        for (Command order : orders) {
            Object inner = switch (order) {
                case Command.Sip(SipCommand c) -> c;
                case Command.Msrp(MsrpCommand c) -> c;
                case Command.Ssp(SspCommand c) -> c;
                default -> order;
            };
            if (type.isInstance(inner)) {
                found.add(type.cast(inner));
            }
        }
        assertThat(found).as("%s in %s", type.getSimpleName(), orders).hasSize(1);
        return found.getFirst();
    }

    /** Another node has what was shared, and no more. */
    private void takenOver() {
        talk = talk.toShare();
        on(new Event.TakenOver());
    }

    /** Her client follows the re-INVITE to the new node. */
    private void moved() {
        on(new Event.Msrp(new MsrpEvent.SessionPrepared(session(), Samples.LOCAL)));
        var reinvite = ordered(SipCommand.SendReinvite.class);
        on(new Event.Sip(new SipEvent.ReinviteAnswered(
                reinvite.usage(), SipEvent.FinalResponse.of(200, "OK"), Optional.of(Samples.MEDIA))));
        assertThat(ordered(MsrpCommand.ConnectSession.class).session()).isEqualTo(session());
        on(new Event.Msrp(new MsrpEvent.SessionConnected(session())));
    }

    @Test
    void messagesInASessionChangeNothingOfIt() {
        Conversation before = talk.toShare();
        hisMessage();
        assertThat(talk.toShare()).isEqualTo(before);
        on(new Event.Msrp(new MsrpEvent.MessageAccepted(
                session(), ordered(MsrpCommand.SendMessage.class).messageId())));
        assertThat(talk.toShare()).isEqualTo(before);
        herMessage();
        assertThat(talk.toShare()).isEqualTo(before);
        SspRequestId request = ordered(SspCommand.SendRequest.class).request();
        on(new Event.Ssp(new SspEvent.ResponseReceived(
                Samples.PEER, request, new SendMessageResponse(Status.of(200), Optional.empty()))));
        assertThat(talk.toShare()).isEqualTo(before);
    }

    @Test
    void anInvitationAndTheEndOfASessionChangeIt() {
        Conversation open = talk.toShare();
        on(new Event.Sip(new SipEvent.ByeReceived(talk.leg().usage().orElseThrow(), Optional.empty())));
        assertThat(talk.toShare()).isNotEqualTo(open);
        Conversation ended = talk.toShare();
        on(new Event.Ssp(new SspEvent.RequestReceived(Samples.PEER, Samples.TRANSACTION, Samples.invited())));
        assertThat(talk.toShare()).isNotEqualTo(ended);
        assertThat(talk.toShare().invitations()).hasSize(1);
    }

    @Test
    void anOpenSessionIsOfferedAPathOfTheNewNodeInItsDialog() {
        MsrpSessionId old = session();
        takenOver();
        assertThat(ordered(MsrpCommand.CloseSession.class).session()).isEqualTo(old);
        assertThat(ordered(MsrpCommand.PrepareSession.class).session()).isNotEqualTo(old);
        moved();
        assertThat(talk.leg()).isInstanceOf(Leg.Open.class);
        assertThat(talk.deadline()).hasValueSatisfying(at -> assertThat(at).isAfter(NOW));
    }

    @Test
    void hisMessageThatComesAgainGoesToHerUnderItsOldId() {
        hisMessage();
        String first = ordered(MsrpCommand.SendMessage.class).messageId();
        takenOver();
        moved();
        hisMessage();
        assertThat(ordered(MsrpCommand.SendMessage.class).messageId()).isEqualTo(first);
    }

    @Test
    void herMessageThatComesAgainGoesToHimInItsOldTransaction() {
        herMessage();
        SspCommand.SendRequest first = ordered(SspCommand.SendRequest.class);
        takenOver();
        moved();
        herMessage();
        SspCommand.SendRequest again = ordered(SspCommand.SendRequest.class);
        assertThat(again.request()).isEqualTo(first.request());
    }

    @Test
    void whatWasRefusedAndComesAgainIsSomethingNew() {
        herMessage();
        SspCommand.SendRequest first = ordered(SspCommand.SendRequest.class);
        on(new Event.Ssp(new SspEvent.ResponseReceived(Samples.PEER, first.request(), Status.of(503))));
        herMessage();
        assertThat(ordered(SspCommand.SendRequest.class).request()).isNotEqualTo(first.request());
    }

    @Test
    void aSessionWhoseClientDoesNotFollowEnds() {
        takenOver();
        on(new Event.Msrp(new MsrpEvent.SessionPrepared(session(), Samples.LOCAL)));
        var reinvite = ordered(SipCommand.SendReinvite.class);
        on(new Event.Sip(
                new SipEvent.ReinviteAnswered(reinvite.usage(), SipEvent.FinalResponse.of(488, ""), Optional.empty())));
        assertThat(talk.leg()).isInstanceOf(Leg.NoSession.class);
        assertThat(ordered(SipCommand.EndUsage.class).usage()).isEqualTo(reinvite.usage());
    }
}
