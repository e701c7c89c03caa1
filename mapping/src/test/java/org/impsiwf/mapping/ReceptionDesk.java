package org.impsiwf.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;

/** A gateway with two neighbours, asked whose an event is: a mailbox's, or nobody's, which is answered at the door. */
final class ReceptionDesk {

    static final ServiceId SELF = new ServiceId("wv:@iwf.example.com");
    static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");
    static final ServiceId OTHER = new ServiceId("wv:@imps2.example.com");

    private static final Domains DOMAINS = new Domains() {
        @Override
        public Optional<Peer> serving(String domain) {
            return List.of(IMPS, OTHER).stream()
                    .filter(peer -> peer.domain().equals(domain))
                    .map(peer -> Peer.plain(peer, true))
                    .findFirst();
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return serving(id.domain());
        }
    };

    private final Policy policy = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    private Interworking interworking = new Interworking(policy, DOMAINS, () -> "id");

    /** From now on this neighbour hosts the groups of ad-hoc conferences. */
    void hostedBy(ServiceId neighbour) {
        interworking = new Interworking(policy.with(policy.conferences().hostedBy(neighbour)), DOMAINS, () -> "id");
    }

    Route route(SipEvent event) {
        return interworking.route(new Event.Sip(event));
    }

    Route route(ServiceId peer, Primitive request) {
        return interworking.route(
                new Event.Ssp(new SspEvent.RequestReceived(peer, new TransactionRef(peer, "t1"), request)));
    }

    String routed(SipEvent event) {
        return mailbox(route(event));
    }

    String routed(ServiceId peer, Primitive request) {
        return mailbox(route(peer, request));
    }

    static String mailbox(Route route) {
        assertThat(route).isInstanceOf(Route.To.class);
        MailboxKey key = ((Route.To) route).key();
        return key.text();
    }

    SipCommand sip(SipEvent event) {
        return commands(route(event)).stream()
                .filter(Command.Sip.class::isInstance)
                .map(command -> ((Command.Sip) command).command())
                .findFirst()
                .orElseThrow();
    }

    Primitive answer(ServiceId peer, Primitive request) {
        return commands(route(peer, request)).stream()
                .filter(Command.Ssp.class::isInstance)
                .map(command -> ((SspCommand.Answer) ((Command.Ssp) command).command()).response())
                .findFirst()
                .orElseThrow();
    }

    int code(ServiceId peer, Primitive request) {
        return ((Status) answer(peer, request)).statusCode();
    }

    Noted noted(ServiceId peer, Primitive request) {
        List<Command> commands = commands(route(peer, request));
        assertThat(commands).hasSize(1);
        return ((Command.Note) commands.getFirst()).what();
    }

    static List<Command> commands(Route route) {
        assertThat(route).isInstanceOf(Route.Answered.class);
        return ((Route.Answered) route).commands();
    }
}
