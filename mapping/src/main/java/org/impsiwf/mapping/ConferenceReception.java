package org.impsiwf.mapping;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspEvent;

/** The part of {@link Reception} that knows conferences: whose is what concerns a group, the factory, or a chat that a client hosts. */
final class ConferenceReception {

    private final Policy policy;
    private final Domains domains;

    ConferenceReception(Policy policy, Domains domains) {
        this.policy = policy;
        this.domains = domains;
    }

    /** Where an INVITE goes that is about a conference; empty when it is about a talk of two. */
    Optional<Route> invite(SipEvent.InviteReceived invite, Event event) {
        return Optional.empty();
    }

    /** Where a request of a host or peer goes that is about a group; empty when it is about two users. */
    Optional<Route> request(SspEvent.RequestReceived request, Event event) {
        return Optional.empty();
    }

    /** REFER and SUBSCRIBE. */
    Route route(SipEvent.OfConference conference, Event event) {
        return switch (conference) {
            case SipEvent.ReferReceived e ->
                refused(new SipCommand.RefuseRefer(e.refer(), SipCommand.Response.of(404)));
            case SipEvent.SubscribeReceived e ->
                refused(new SipCommand.RefuseSubscription(e.subscription(), SipCommand.Response.of(404)));
            case SipEvent.SubscriptionRefreshed e -> new Route.Answered(List.of());
            case SipEvent.SubscriptionEnded e -> new Route.Answered(List.of());
        };
    }

    private static Route refused(SipCommand refusal) {
        return new Route.Answered(List.of(new Command.Sip(refusal)));
    }
}
