package org.impsiwf.mapping.extension;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.ClientIds;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Marks;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.extension.Extension.Attempt;
import org.impsiwf.mapping.extension.Extension.Extending;
import org.impsiwf.mapping.extension.Extension.GroupMaking;
import org.impsiwf.mapping.extension.Extension.Guest;
import org.impsiwf.mapping.extension.Extension.Initiator;
import org.impsiwf.mapping.extension.Extension.Intent;
import org.impsiwf.mapping.extension.Extension.Otherwise;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent.InviteReceived;
import org.impsiwf.sip.event.SipEvent.ReinviteReceived;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ServiceId;

/** From the INVITE to the request that it means on the SSP side. */
final class Beginning {

    private final Orders orders;
    private final Undoing undoing;
    private final Refusals refusals;

    Beginning(Orders orders, Undoing undoing) {
        this.orders = orders;
        this.undoing = undoing;
        this.refusals = new Refusals(orders.policy());
    }

    Optional<Extension> of(InviteReceived invite) {
        orders.correlate(invite.usage());
        GuestList list = list(invite);
        Intent intent = intent(invite, Optional.empty(), list);
        List<SessionMark> marks = SessionMark.of(invite);
        Optional<Response> objection = objection(list, invite, !marks.isEmpty());
        if (objection.isPresent()) {
            return undoing.refuse(intent, objection.get());
        }
        if (marks.size() > 1) {
            return undoing.refuse(intent, refusals.because(400, "more than one session is to be replaced"));
        }
        return marks.isEmpty() ? create(intent) : seek(intent, list, marks.getFirst());
    }

    /** Shape e: the talk is known, since the re-INVITE came in its dialog. */
    Optional<Extension> of(ReinviteReceived e, String talk) {
        InviteReceived invite = new InviteReceived(e.usage(), e.head(), e.offer(), e.otherBodies(), e.conferencing());
        GuestList list = list(invite);
        Intent intent = intent(invite, Optional.of(e.transaction()), list);
        Optional<Response> objection = objection(list, invite, true);
        Optional<Guest> partner = partner(intent, talk);
        if (objection.isPresent() || partner.isEmpty()) {
            undoing.release(Optional.of(talk));
            return undoing.refuse(intent, objection.orElseGet(this::notListed));
        }
        return extend(intent, partner.get(), Optional.of(talk));
    }

    private GuestList list(InviteReceived invite) {
        return GuestList.of(invite.conferencing().list(), initiator(invite), orders.moment);
    }

    private Address initiator(InviteReceived invite) {
        return address(invite.head().originator().identity().uri().value());
    }

    /** At the user's own domain: a number without one is a number of our first domain. */
    private Address address(String uri) {
        Address address = Address.tryParse(uri)
                .orElseThrow(() -> new IllegalStateException("a sender without address was let in"));
        return address instanceof Address.Telephone number && number.host().isEmpty()
                ? number.at(orders.policy().sipDomains().getFirst())
                : address;
    }

    private Intent intent(InviteReceived invite, Optional<SipTransactionId> reinvite, GuestList list) {
        Originator originator = invite.head().originator();
        Address address = initiator(invite);
        Initiator initiator = new Initiator(
                address.sipUri(),
                address.impsAddress(),
                Names.clean(originator.identity().displayName()).orElseGet(() -> shortName(address)),
                ClientIds.ofInstance(originator.instance()));
        return new Intent(invite, reinvite, initiator, list.guests(), list.refused());
    }

    private static String shortName(Address address) {
        return switch (address) {
            case Address.User user -> user.user();
            case Address.Telephone number -> "+" + number.digits();
            case Address.Group group -> throw new IllegalStateException("a group that sends was let in");
        };
    }

    /** What is wrong with the list, whatever it is for. */
    private Optional<Response> objection(GuestList list, InviteReceived invite, boolean replaces) {
        boolean hasList = invite.conferencing().list().isPresent();
        boolean noChat = invite.offer()
                .map(FarEnd::of)
                .filter(far -> !far.takesWrapped(MediaType.PLAIN_TEXT))
                .isPresent();
        if (noChat) {
            // RFC 7701 §5: said now, before anybody is asked into a group that its initiator could not talk in.
            return Optional.of(refusals.notAcceptable());
        }
        if (list.named() > orders.policy().conferences().maxAdhocGroupSize()) {
            return Optional.of(refusals.tooMany(list.named()));
        }
        if (replaces && list.named() == 0) {
            return Optional.of(notListed());
        }
        if (hasList && list.named() == 0) {
            return Optional.of(refusals.because(403, "the list names nobody but its sender"));
        }
        return hasList && list.guests().isEmpty()
                ? Optional.of(refusals.nobodyServed(list.refused()))
                : Optional.empty();
    }

    private Response notListed() {
        return refusals.because(403, "the list does not name the partner of the session that is to be replaced");
    }

    /** An ad-hoc conference (RFC 4579 §5.2), with or without others from the start. */
    private Optional<Extension> create(Intent intent) {
        Policy policy = orders.policy();
        Address.User owner = owner(address(intent.initiator().address()));
        Address.Group group = new Address.Group(owner.user(), Policy.ADHOC_PREFIX + orders.newId(), owner.domain());
        GroupMaking making = new GroupMaking(policy.hostOfOurs(group), group.impsAddress(), orders.newSspRequest());
        orders.ssp(new SspCommand.SendRequest(
                making.request(), making.host(), ExtensionPhrases.create(intent, orders.moment, making.group())));
        return next(intent, new Stage.Creating(making, orders.in(policy.answerWait())));
    }

    /** SSP 6.3.2: under whose name the group stands. */
    private Address.User owner(Address initiator) {
        return switch (initiator) {
            case Address.User user -> user;
            case Address.Telephone number ->
                new Address.User(
                        "+" + number.digits(),
                        number.host().orElse(orders.policy().sipDomains().getFirst()));
            case Address.Group group -> throw new IllegalStateException("a group that sends was let in");
        };
    }

    private Optional<Extension> seek(Intent intent, GuestList list, SessionMark mark) {
        Optional<Guest> partner = mark.entry().flatMap(list::guestOf);
        if (mark.entry().isPresent() && partner.isEmpty()) {
            return undoing.refuse(intent, notListed());
        }
        List<String> talks = partner.map(List::of).orElse(intent.guests()).stream()
                .flatMap(guest -> guest.talk().stream())
                .toList();
        Otherwise unless = otherwise(intent, partner, mark);
        if (talks.isEmpty()) {
            return otherwise(intent, unless);
        }
        talks.forEach(talk -> seek(talk, mark.marks()));
        return next(
                intent,
                new Stage.Seeking(talks, unless, orders.in(orders.policy().connectWait())));
    }

    private void seek(String talk, Marks marks) {
        MailboxKey.parse(talk).ifPresent(to -> orders.tell(to, new Event.TalkSought(orders.key.text(), marks)));
    }

    private static Otherwise otherwise(Intent intent, Optional<Guest> partner, SessionMark mark) {
        if (mark.marks().usage().isPresent()) {
            return new Otherwise.NotListed();
        }
        List<Guest> sipUsers = partner.map(List::of).orElse(intent.guests()).stream()
                .filter(Guest::isSipUser)
                .toList();
        // A dialog of two SIP users is not ours to know: it can be meant only where there is no choice whose it is.
        return sipUsers.size() == 1
                ? new Otherwise.BetweenSipUsers(sipUsers.getFirst(), mark.headers())
                : new Otherwise.NoSuchSession();
    }

    private Optional<Extension> otherwise(Intent intent, Otherwise unless) {
        return switch (unless) {
            case Otherwise.BetweenSipUsers(Guest partner, Map<String, String> headers) -> {
                MailboxKey pair = ConferenceKeys.replacementOf(
                        address(partner.invitee().uri()),
                        address(intent.initiator().address()),
                        orders.policy());
                orders.tell(pair, new Event.ReplacementOffered(orders.key.text(), headers));
                yield extend(intent, partner, Optional.empty());
            }
            case Otherwise.NotListed none -> undoing.refuse(intent, notListed());
            case Otherwise.NoSuchSession none ->
                undoing.refuse(intent, refusals.because(481, "there is no session to be replaced"));
        };
    }

    Optional<Extension> found(Attempt a, Stage.Seeking s, String talk) {
        s.open().stream().filter(other -> !other.equals(talk)).forEach(other -> undoing.release(Optional.of(other)));
        Optional<Guest> partner = partner(a.intent(), talk);
        return partner.isPresent() ? extend(a.intent(), partner.get(), Optional.of(talk)) : Optional.of(a);
    }

    private static Optional<Guest> partner(Intent intent, String talk) {
        return intent.guests().stream()
                .filter(guest -> guest.talk().equals(Optional.of(talk)))
                .findFirst();
    }

    Optional<Extension> notThis(Attempt a, Stage.Seeking s, String talk) {
        List<String> open =
                s.open().stream().filter(other -> !other.equals(talk)).toList();
        return open.isEmpty()
                ? otherwise(a.intent(), s.unless())
                : Optional.of(a.in(new Stage.Seeking(open, s.unless(), s.until())));
    }

    Optional<Extension> busy(Attempt a, Stage.Seeking s, String talk) {
        release(s);
        return undoing.refuse(a.intent(), refusals.because(491, "the session is becoming a conference already"));
    }

    Optional<Extension> notFound(Attempt a, Stage.Seeking s) {
        release(s);
        return undoing.refuse(a.intent(), refusals.because(481, "there is no session to be replaced"));
    }

    Optional<Extension> unsought(Attempt a, Stage.Seeking s) {
        release(s);
        orders.forget(a.intent().invite().usage());
        return Optional.empty();
    }

    Optional<Extension> stopped(Attempt a, Stage.Seeking s) {
        release(s);
        return undoing.refuse(a.intent(), refusals.stopping());
    }

    private void release(Stage.Seeking s) {
        s.open().forEach(talk -> undoing.release(Optional.of(talk)));
    }

    /** SSP 16.2.13: the partner's domain is asked for the group. */
    private Optional<Extension> extend(Intent intent, Guest partner, Optional<String> talk) {
        Optional<ServiceId> host = host(address(partner.impsAddress()));
        if (intent.guestsBut(partner).isEmpty() || host.isEmpty()) {
            undoing.release(talk);
            // CSPX-02: the request has to name somebody.
            return undoing.refuse(
                    intent,
                    intent.refused().isEmpty()
                            ? refusals.because(403, "the list names nobody but the partner")
                            : refusals.nobodyServed(intent.refused()));
        }
        SspRequestId request = orders.newSspRequest();
        Extending extending = new Extending(host.get(), orders.key.issue(orders.newId()), Optional.of(request), talk);
        orders.ssp(new SspCommand.SendRequest(
                request, extending.host(), ExtensionPhrases.extend(intent, orders.moment, extending.id(), partner)));
        return next(
                intent, new Stage.Asking(extending, orders.in(orders.policy().answerWait())));
    }

    private Optional<ServiceId> host(Address partner) {
        Policy policy = orders.policy();
        return partner.domainName()
                .flatMap(domain -> policy.isHome(domain)
                        ? Optional.of(new ServiceId(policy.serviceId()))
                        : orders.moment.domains().serving(domain).map(peer -> peer.id()));
    }

    private static Optional<Extension> next(Intent intent, Stage stage) {
        return Optional.of(new Attempt(intent, stage));
    }
}
