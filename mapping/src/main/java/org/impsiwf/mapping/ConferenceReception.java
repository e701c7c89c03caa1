package org.impsiwf.mapping;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.MailboxKey.Kind;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.RefuseInvite;
import org.impsiwf.sip.event.SipCommand.RefuseRefer;
import org.impsiwf.sip.event.SipCommand.RefuseSubscription;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;

/** The part of {@link Reception} that knows conferences on the SIP side; {@link GroupReception} has the other. */
final class ConferenceReception {

    private final Jurisdiction jurisdiction;
    private final ConferenceUris uris;

    ConferenceReception(Policy policy, Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.uris = new ConferenceUris(policy.conferences().factory(), jurisdiction);
    }

    /** Where an INVITE goes that is about a conference; empty when it is about a talk of two. */
    Optional<Route> invite(SipEvent.InviteReceived invite, Event event) {
        Conferencing conferencing = invite.conferencing();
        boolean toFactory = uris.isFactory(invite.head().requestUri());
        Optional<Address.Group> group = uris.group(invite.head().requestUri());
        if (!toFactory && group.isEmpty() && conferencing.list().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(objection(invite.head(), refusal -> new RefuseInvite(invite.usage(), refusal))
                .orElseGet(() -> conference(invite, toFactory, group, event)));
    }

    private Route conference(
            SipEvent.InviteReceived invite, boolean toFactory, Optional<Address.Group> group, Event event) {
        Conferencing conferencing = invite.conferencing();
        if (conferencing.isFocus() && conferencing.list().isPresent()) {
            return Routes.to(ConferenceKeys.ofInvite(Kind.HOSTED, invite.usage()), event);
        }
        if (toFactory) {
            return Routes.to(ConferenceKeys.ofInvite(Kind.EXTENSION, invite.usage()), event);
        }
        if (conferencing.list().isPresent()) {
            // RFC 5366 §4.2: lists make conferences, and only the factory does.
            Response unsupported = new Response(
                    420, Optional.empty(), Optional.empty(), Map.of("Unsupported", "recipient-list-invite"));
            return Routes.refused(new RefuseInvite(invite.usage(), unsupported), "a list to a single target");
        }
        return known(group)
                .map(known -> Routes.to(participation(known, invite.head()), event))
                .orElseGet(() -> Routes.refused(
                        new RefuseInvite(invite.usage(), Response.of(404)), "a conference that nobody hosts"));
    }

    /** REFER and SUBSCRIBE. */
    Route route(SipEvent.OfConference conference, Event event) {
        return switch (conference) {
            case SipEvent.ReferReceived e
            when e.usage().isPresent() -> Routes.byUsage(e.usage().get(), event);
            case SipEvent.ReferReceived e ->
                objection(e.head(), refusal -> new RefuseRefer(e.refer(), refusal))
                        .orElseGet(() -> known(uris.group(e.head().requestUri()))
                                .map(group -> Routes.to(participation(group, e.head()), event))
                                .orElseGet(() -> Routes.refused(
                                        new RefuseRefer(e.refer(), Response.of(404)), "a REFER to no conference")));
            case SipEvent.SubscribeReceived e ->
                objection(e.head(), refusal -> new RefuseSubscription(e.subscription(), refusal))
                        .orElseGet(() -> known(uris.group(e.head().requestUri()))
                                .map(group -> Routes.to(ConferenceKeys.focus(group), event))
                                .orElseGet(() -> Routes.refused(
                                        new RefuseSubscription(e.subscription(), Response.of(404)),
                                        "a subscription to no conference")));
            case SipEvent.SubscriptionRefreshed e -> byOwner(e.owner(), event);
            case SipEvent.SubscriptionEnded e -> byOwner(e.owner(), event);
        };
    }

    private static Route byOwner(String owner, Event event) {
        return MailboxKey.parse(owner)
                .or(() -> MailboxKey.within(owner))
                .map(key -> Routes.to(key, event))
                .orElseGet(() -> Routes.noted(Noted.OUR_MISTAKE, "a subscription that leads to no mailbox"));
    }

    private Optional<Address.Group> known(Optional<Address.Group> group) {
        return group.filter(named -> jurisdiction.hostOf(named).isPresent());
    }

    /** The sender has been checked: it is a user of ours. */
    private static MailboxKey participation(Address.Group group, RequestHead head) {
        Address user = Address.tryParse(head.originator().identity().uri().value())
                .orElseThrow(() -> new IllegalStateException("a sender without address was let in"));
        return ConferenceKeys.participation(group, user);
    }

    @FunctionalInterface
    private interface Refuse {
        SipCommand with(Response refusal);
    }

    private Optional<Route> objection(RequestHead head, Refuse refuse) {
        return jurisdiction
                .objectionTo(head.originator())
                .map(objection -> Routes.refused(refuse.with(Response.of(objection.status())), objection.why()));
    }
}
