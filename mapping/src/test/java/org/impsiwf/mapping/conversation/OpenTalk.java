package org.impsiwf.mapping.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;

/** A conversation of Alice and Bob by itself: events go in, and what it did with the last one can be seen. */
final class OpenTalk {

    static final InviteUsageId USAGE = new InviteUsageId("usage");
    static final String PARTICIPATION = "P:/talk@imps.example.com!alice@ims.example.com";
    Policy policy = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Optional<Conversation> state = Optional.empty();
    List<Command> commands = List.of();
    int ids;

    void open() {
        open(List.of("replaces"));
    }

    void open(List<String> supported) {
        put(new SipEvent.InviteReceived(USAGE, head(supported), Optional.of(Samples.MEDIA), List.of()));
        put(new Event.Msrp(new MsrpEvent.SessionPrepared(session(), Samples.LOCAL)));
        put(new Event.Msrp(new MsrpEvent.SessionConnected(session())));
        assertThat(state.orElseThrow().leg()).isInstanceOf(Leg.Open.class);
    }

    static RequestHead head(List<String> supported) {
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

    void put(SipEvent event) {
        put(new Event.Sip(event));
    }

    void put(Event event) {
        var outcome = ConversationRules.decide(
                Samples.KEY,
                state,
                Samples.PARTIES,
                event,
                new Moment(now, () -> "id" + ++ids, Samples.DOMAINS, policy));
        state = Optional.of(outcome.next());
        commands = outcome.commands();
    }

    MsrpSessionId session() {
        return state.flatMap(c -> c.leg().session()).orElseThrow();
    }

    List<Event> told(String mailbox) {
        return commands.stream()
                .filter(command -> command instanceof Command.Tell(var to, var event)
                        && to.text().equals(mailbox))
                .map(command -> ((Command.Tell) command).event())
                .toList();
    }

    <T extends SipCommand> T sip(Class<T> type) {
        return commands.stream()
                .filter(Command.Sip.class::isInstance)
                .map(command -> ((Command.Sip) command).command())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " in " + commands));
    }
}
