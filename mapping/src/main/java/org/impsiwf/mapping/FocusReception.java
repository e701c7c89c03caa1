package org.impsiwf.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.AddressException;
import org.impsiwf.mapping.conference.GroupMessage;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** Finds the focus that an event is for: what the host of a group says of it, and who wants to be told of a conference. */
final class FocusReception {

    private static final String CONFERENCE = "conference=";

    private final Policy policy;
    private final Domains domains;

    FocusReception(Policy policy, Domains domains) {
        this.policy = policy;
        this.domains = domains;
    }

    /** What a host tells of its group; empty for everything else. */
    Optional<Route> request(SspEvent.RequestReceived e, Event event) {
        Optional<GroupId> group = switch (e.request()) {
            case SendMessageRequest r -> GroupMessage.saidIn(r);
            case GroupChangeNotice r -> Optional.of(r.groupId());
            case LeaveGroupIndication r when r.metaInformation().isPresent() -> r.groupId();
            default -> Optional.empty();
        };
        return group.map(id -> address(id.value())
                .filter(address -> hosts(e.peer(), address))
                .<Route>map(address -> new Route.To(ConferenceKeys.focus(address), event))
                .orElseGet(() -> notTheHost(e)));
    }

    /** A group's domain speaks for it, and nobody else (SSP 8.1). */
    private boolean hosts(ServiceId peer, Address.Group group) {
        boolean ourselves = peer.value().equalsIgnoreCase(policy.serviceId());
        boolean ours = policy.isHome(group.domain());
        return ourselves
                ? ours
                : !ours
                        && domains.serving(group.domain())
                                .filter(server -> server.id().domain().equals(peer.domain()))
                                .isPresent();
    }

    private static Route notTheHost(SspEvent.RequestReceived e) {
        Status refusal = Status.of(StatusCode.GENERAL_ADDRESS_ERROR);
        Primitive answer = e.request() instanceof SendMessageRequest
                ? new SendMessageResponse(refusal, Optional.empty())
                : refusal;
        return new Route.Answered(List.of(
                new Command.Note(Noted.SPOOFED_SENDER, "a peer that speaks for a group of others"),
                new Command.Ssp(new SspCommand.Answer(e.transaction(), answer))));
    }

    /** RFC 4575 §3.5: who asks has to be somebody; whether he may know is for the focus to say. */
    Route subscribe(SipEvent.SubscribeReceived e, Event event) {
        Optional<Address> from = any(e.head().originator().identity().uri().value());
        boolean ours = from.filter(address -> !(address instanceof Address.Group))
                .filter(address ->
                        address.domainName().map(policy.sipDomains()::contains).orElse(true))
                .isPresent();
        if (!ours) {
            return refused(e, 403);
        }
        if (e.head().originator().privacy()) {
            // The host is asked on the user's behalf, by name (RFC 5079).
            return refused(e, 433);
        }
        return conference(e.head().requestUri())
                .<Route>map(group -> new Route.To(ConferenceKeys.focus(group), event))
                .orElseGet(() -> refused(e, 404));
    }

    private static Route refused(SipEvent.SubscribeReceived e, int status) {
        return new Route.Answered(List.of(
                new Command.Note(Noted.UNSERVED_ADDRESS, "a subscription to no conference of the subscriber's"),
                new Command.Sip(new SipCommand.RefuseSubscription(e.subscription(), SipCommand.Response.of(status)))));
    }

    /** In a dialog the Request-URI is the Contact of the focus, our address; a parameter keeps the conference's domain. */
    private Optional<Address.Group> conference(SipUri uri) {
        return address(uri.value()).map(group -> {
            boolean known = policy.isHome(group.domain())
                    || domains.serving(group.domain()).isPresent();
            Optional<String> domain = Arrays.stream(uri.value().split("[;?]", -1))
                    .skip(1)
                    .filter(parameter -> parameter.toLowerCase(Locale.ROOT).startsWith(CONFERENCE))
                    .map(parameter -> parameter.substring(CONFERENCE.length()))
                    .findFirst();
            return known || domain.isEmpty() ? group : new Address.Group(group.owner(), group.name(), domain.get());
        });
    }

    /** What the edge tells of a subscription that a focus has taken. */
    static Route ofOwner(String owner, Event event) {
        return MailboxKey.parse(owner)
                .<Route>map(key -> new Route.To(key, event))
                .orElseGet(() -> new Route.Answered(
                        List.of(new Command.Note(Noted.OUR_MISTAKE, "a subscription that belongs to nobody"))));
    }

    private static Optional<Address.Group> address(String text) {
        return any(text).filter(Address.Group.class::isInstance).map(Address.Group.class::cast);
    }

    private static Optional<Address> any(String text) {
        try {
            return Optional.of(Address.parse(text));
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
