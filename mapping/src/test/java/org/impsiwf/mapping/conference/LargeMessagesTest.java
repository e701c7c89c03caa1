package org.impsiwf.mapping.conference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.LargeMessage;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.AnswerMessage;
import org.impsiwf.msrp.event.MsrpCommand.CollectMessage;
import org.impsiwf.msrp.event.MsrpCommand.RelayMessage;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** To whom something large goes while it comes in. */
class LargeMessagesTest {
    private static final MsrpSessionId SESSION = new MsrpSessionId("alice-1");
    private static final ExchangeId EXCHANGE = new ExchangeId("x1");
    private static final long SMALL_ENOUGH = 300_000;
    private static final long TOO_LARGE = 20L << 20;

    private final Scene scene = new Scene().entered("alice", "Alice", "Alice", "Tom");

    private Scene amongSipUsers(String history, String whispers) {
        scene.entered("tom", "Tom", "Alice", "Tom").subscribe("alice", "s1");
        SspRequestId asked = scene.orders.stream()
                .flatMap(order -> order instanceof Command.Ssp(SspCommand.SendRequest request)
                        ? Stream.of(request)
                        : Stream.empty())
                .filter(request -> request.primitive() instanceof GetGroupPropsRequest)
                .findFirst()
                .orElseThrow()
                .request();
        List<Property> properties =
                List.of(new Property("History", history), new Property("PrivateMessaging", whispers));
        return scene.on(new Event.Ssp(new SspEvent.ResponseReceived(
                Scene.HOST,
                asked,
                new GetGroupPropsResponse(
                        Status.of(200),
                        new GroupProperties(properties, Optional.empty()),
                        new OwnProperties(List.of())))));
    }

    private List<MsrpCommand> sought(long size, String to) {
        LargeMessage message = new LargeMessage(
                SESSION,
                EXCHANGE,
                "m1",
                new MsrpContent("message/cpim", "head".getBytes(UTF_8)),
                "image/png",
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size));
        scene.on(new Event.RelaySought(
                Scene.participation("alice").text(), message, Optional.of(to).filter(name -> !name.isEmpty())));
        return scene.orders.stream()
                .filter(Command.Msrp.class::isInstance)
                .map(order -> ((Command.Msrp) order).command())
                .toList();
    }

    private List<String> offeredTo() {
        return scene.orders.stream()
                .filter(order -> order instanceof Command.Tell tell && tell.event() instanceof Event.RelayOffered)
                .map(order -> ((Command.Tell) order).to().text())
                .toList();
    }

    private List<Event> told(String name) {
        return scene.orders.stream()
                .filter(order -> order instanceof Command.Tell tell && tell.to().equals(Scene.participation(name)))
                .map(order -> ((Command.Tell) order).event())
                .toList();
    }

    @Test
    @DisplayName("RFC 7701 §6.1: among SIP users it is forwarded while it comes in, to all but its sender")
    void relaysAmongSipUsers() {
        amongSipUsers("F", "T");
        assertThat(sought(SMALL_ENOUGH, ""))
                .singleElement()
                .isInstanceOfSatisfying(
                        RelayMessage.class,
                        order -> assertThat(order.recipients()).isEqualTo(1));
        assertThat(offeredTo()).containsExactly(Scene.participation("tom").text());
    }

    @Test
    void collectsWhatAnImpsUserCanHaveToo() {
        amongSipUsers("F", "T").joined("alice", "Bob");
        assertThat(sought(SMALL_ENOUGH, "")).containsExactly(new CollectMessage(SESSION, EXCHANGE));
        assertThat(sought(-1, "")).containsExactly(new CollectMessage(SESSION, EXCHANGE));
    }

    @Test
    void tellsTheSenderForHowManyItIsTooLarge() {
        amongSipUsers("F", "T").joined("alice", "Bob");
        assertThat(sought(TOO_LARGE, "")).singleElement().isInstanceOf(RelayMessage.class);
        assertThat(told("alice")).containsExactly(new Event.RelayNarrowed(1));
    }

    @Test
    @DisplayName("SSP 16.2.7: what a group with a history can keep goes to its host as a whole")
    void collectsForTheHistory() {
        amongSipUsers("T", "T");
        assertThat(sought(SMALL_ENOUGH, "")).containsExactly(new CollectMessage(SESSION, EXCHANGE));
    }

    @Test
    void collectsWhileNobodyKnowsWhetherThereIsAHistory() {
        scene.entered("tom", "Tom", "Alice", "Tom");
        assertThat(sought(SMALL_ENOUGH, "")).containsExactly(new CollectMessage(SESSION, EXCHANGE));
    }

    @Test
    @DisplayName("RFC 7701 §6.2: a private message too large for the host goes to its one recipient")
    void relaysAWhisper() {
        amongSipUsers("F", "T");
        assertThat(sought(TOO_LARGE, "tom")).singleElement().isInstanceOf(RelayMessage.class);
        assertThat(told("tom"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.RelayOffered.class,
                        offer -> assertThat(offer.privately()).isTrue());
        assertThat(sought(SMALL_ENOUGH, "tom")).containsExactly(new CollectMessage(SESSION, EXCHANGE));
    }

    @Test
    void refusesALargeWhisperWhereThereIsNoneOrNobody() {
        amongSipUsers("F", "F").joined("alice", "Bob");
        assertThat(sought(TOO_LARGE, "tom")).containsExactly(refused(403));
        assertThat(sought(TOO_LARGE, "bob")).containsExactly(refused(413));
        assertThat(sought(TOO_LARGE, "nobody")).containsExactly(refused(404));
    }

    private static MsrpCommand refused(int status) {
        return new AnswerMessage(SESSION, EXCHANGE, status, Optional.empty());
    }

    @Test
    void refusesWhoIsNotIn() {
        amongSipUsers("F", "T").left("alice");
        assertThat(sought(TOO_LARGE, "")).containsExactly(refused(481));
    }
}
