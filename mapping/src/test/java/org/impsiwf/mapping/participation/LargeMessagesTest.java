package org.impsiwf.mapping.participation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.LargeMessage;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.AddRecipient;
import org.impsiwf.msrp.event.MsrpCommand.AnswerMessage;
import org.impsiwf.msrp.event.MsrpCommand.CollectMessage;
import org.impsiwf.msrp.event.MsrpCommand.Recipient;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is large, from a member and for one, as far as its own mailbox decides. */
class LargeMessagesTest {
    private static final ExchangeId EXCHANGE = new ExchangeId("x9");
    private static final MailboxKey FOCUS = ConferenceKeys.focus(Scene.OURS);

    private final Scene scene = Scene.openInOurs();

    private void begins(String from, String to, String headers, String contentType) {
        String head =
                "From: <%s>\r\nTo: <%s>\r\n%s\r\nContent-Type: %s\r\n\r\n".formatted(from, to, headers, contentType);
        scene.on(new Event.Msrp(new MsrpEvent.MessageBegun(
                scene.session(),
                EXCHANGE,
                "large-1",
                new MsrpContent("message/cpim", head.getBytes(UTF_8)),
                OptionalLong.of(300_000),
                SuccessReport.YES,
                FailureReport.YES)));
    }

    private void begins() {
        begins("sip:alice@ims.example.com", Scene.OURS.sipUri(), "", "image/png; a=b\r\nContent-Disposition: render");
    }

    @Test
    @DisplayName("RFC 7701 §6.1: the others get it from the member's name, with the headers of its content")
    void asksTheFocusWhoGetsIt() {
        begins();
        Event.RelaySought sought = scene.told(FOCUS, Event.RelaySought.class).getFirst();
        assertThat(sought.to()).isEmpty();
        assertThat(sought.message().contentType()).isEqualTo("image/png; a=b");
        assertThat(new String(sought.message().head().bytes(), UTF_8))
                .contains("From: \"alice\" <sip:/room@iwf.example.com;screen-name=alice>")
                .contains("To: <sip:/room@iwf.example.com>")
                .endsWith("Content-Type: image/png; a=b\r\nContent-Disposition: render\r\n\r\n");
        assertThat(scene.sent(MsrpCommand.class)).isEmpty();
    }

    @Test
    void namesTheOnlyRecipientOfAWhisper() {
        begins("sip:alice@ims.example.com", Scene.OURS.sipUri() + ";screen-name=Tom", "", "image/png");
        assertThat(scene.told(FOCUS, Event.RelaySought.class).getFirst().to()).contains("Tom");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:mallory@ims.example.com, sip:/room@iwf.example.com, 403",
        "sip:alice@ims.example.com, sip:/other@iwf.example.com, 404"
    })
    @DisplayName("RFC 7701 §6.3: a From that is not the sender's is 403, by the first chunk")
    void refusesWhoIsNotItsSenderAndWhatIsNotForTheRoom(String from, String to, int status) {
        begins(from, to, "", "image/png");
        assertThat(scene.sent(MsrpCommand.class)).containsExactly(answer(status));
    }

    @Test
    void refusesWhatIsNoCpim_415() {
        scene.on(new Event.Msrp(new MsrpEvent.MessageBegun(
                scene.session(),
                EXCHANGE,
                "large-1",
                new MsrpContent("image/png", new byte[0]),
                OptionalLong.of(300_000),
                SuccessReport.YES,
                FailureReport.YES)));
        assertThat(scene.sent(MsrpCommand.class)).containsExactly(answer(415));
    }

    @Test
    void collectsWhatANotificationIsWantedOn() {
        begins(
                "sip:alice@ims.example.com",
                Scene.OURS.sipUri(),
                "NS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: 1\r\n"
                        + "imdn.Disposition-Notification: positive-delivery\r\n",
                "image/png");
        assertThat(scene.sent(MsrpCommand.class)).containsExactly(new CollectMessage(scene.session(), EXCHANGE));
    }

    @Test
    void collectsWhatGoesToAnotherHost() {
        Scene elsewhere = Scene.open();
        String head = "From: <sip:alice@ims.example.com>\r\nTo: <%s>\r\n\r\nContent-Type: image/png\r\n\r\n"
                .formatted(Scene.ROOM.sipUri());
        elsewhere.on(new Event.Msrp(new MsrpEvent.MessageBegun(
                elsewhere.session(),
                EXCHANGE,
                "large-1",
                new MsrpContent("message/cpim", head.getBytes(UTF_8)),
                OptionalLong.of(300_000),
                SuccessReport.YES,
                FailureReport.YES)));
        assertThat(elsewhere.sent(MsrpCommand.class))
                .containsExactly(new CollectMessage(elsewhere.session(), EXCHANGE));
    }

    private MsrpCommand answer(int status) {
        return new AnswerMessage(scene.session(), EXCHANGE, status, Optional.empty());
    }

    private void ends(int taken, int missed) {
        scene.on(new Event.Msrp(
                new MsrpEvent.MessageRelayed(scene.session(), EXCHANGE, "large-1", SuccessReport.YES, taken, missed)));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "1, 1", "0, 0"})
    @DisplayName("RFC 7701 §6.3: the success report is the switch's own, once it is not lost any more")
    void reportsWhatSomebodyHas(int taken, int missed) {
        ends(taken, missed);
        assertThat(scene.sent(MsrpCommand.class))
                .containsExactly(
                        answer(200), new MsrpCommand.SendReport(scene.session(), "large-1", 200, Optional.empty()));
    }

    @Test
    void refusesWhatNobodyHasGot_408() {
        ends(0, 2);
        assertThat(scene.sent(MsrpCommand.class)).containsExactly(answer(408));
    }

    // ---- for the member

    private static LargeMessage offer(String contentType, long size) {
        return new LargeMessage(
                new MsrpSessionId("tom-1"),
                new ExchangeId("x2"),
                "m1",
                new MsrpContent("message/cpim", new byte[0]),
                contentType,
                OptionalLong.of(size));
    }

    private static AddRecipient recipient(Optional<Recipient> recipient, boolean missed) {
        return new AddRecipient(new MsrpSessionId("tom-1"), new ExchangeId("x2"), recipient, missed);
    }

    @Test
    void takesPartWithItsSession() {
        scene.on(new Event.RelayOffered(offer("text/plain", 300_000), /* privately= */ false));
        assertThat(scene.sent(MsrpCommand.class))
                .containsExactly(recipient(Optional.of(new Recipient(scene.session(), "m1")), false));
    }

    @Test
    @DisplayName("RFC 7701 §6.1: a type that the client does not take is not forwarded to it")
    void leavesOutWhatTheClientDoesNotTake() {
        scene.on(new Event.RelayOffered(offer("image/png", 300_000), /* privately= */ false));
        assertThat(scene.sent(MsrpCommand.class)).containsExactly(recipient(Optional.empty(), false));
    }

    @Test
    void saysWhatItMissesWhileItsSessionIsMadeAnew() {
        scene.on(new Event.Msrp(new MsrpEvent.SessionFailed(scene.session(), "lost")));
        scene.takeOrders();
        scene.on(new Event.RelayOffered(offer("text/plain", 300_000), /* privately= */ false));
        assertThat(scene.sent(AddRecipient.class)).containsExactly(recipient(Optional.empty(), true));
        assertThat(scene.state().orElseThrow().due()).hasSize(1);
    }

    @Test
    @DisplayName("RFC 7701 §6.4: a member that was too slow is told that it has missed something")
    void tellsTheMemberWhatItHasMissed() {
        scene.on(new Event.Msrp(new MsrpEvent.RelayedMessageMissed(scene.session(), "m1", 413)));
        assertThat(scene.messages()).isEmpty();
        scene.on(new Event.Msrp(new MsrpEvent.RelayedMessageMissed(scene.session(), "m1", 408)));
        assertThat(text(scene.messages()))
                .containsExactly("A large message was left out because it could not be " + "delivered fast enough.");
    }

    @Test
    void tellsTheSenderThatSomeGetNothing() {
        scene.on(new Event.RelayNarrowed(2));
        assertThat(text(scene.messages()))
                .containsExactly("2 members do not get your message: it is too large for them.");
    }

    private static List<String> text(List<MsrpCommand.SendMessage> messages) {
        return messages.stream()
                .map(sent -> new String(sent.content().bytes(), UTF_8))
                .map(cpim -> cpim.substring(cpim.lastIndexOf("\r\n\r\n") + 4))
                .toList();
    }
}
