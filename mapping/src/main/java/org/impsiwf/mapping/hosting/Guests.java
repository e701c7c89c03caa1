package org.impsiwf.mapping.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conversation.Parties;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.hosting.Seat.Guest;
import org.impsiwf.mapping.statuses.Warning;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.list.ResourceLists;

/** Invites whom the host of a chat names (chat-flow change request, steps 2 and 3). */
final class Guests {

    private final Hosting hosting;
    private final SipEvent.InviteReceived invite;

    Guests(Hosting hosting, SipEvent.InviteReceived invite) {
        this.hosting = hosting;
        this.invite = invite;
    }

    void invite() {
        List<UriList.Entry> named =
                invite.conferencing().list().map(UriList::entries).orElse(List.of());
        int most = hosting.policy().conferences().maxAdhocGroupSize();
        if (named.size() > most) {
            hosting.refused(Warning.ofTooMany(hosting.policy().ourDomain(), most, named.size())
                    .refusal(403));
            return;
        }
        if (invite.offer().isEmpty()) {
            hosting.refused(
                    new Response(488, Optional.of("Who hosts a chat offers its media"), Optional.empty(), Map.of()));
            return;
        }
        hosting.correlate(hosting.invitation);
        var all = new ArrayList<Seat>();
        named.stream()
                .filter(entry -> !isHost(entry))
                .forEach(entry -> seat(entry)
                        .ifPresentOrElse(
                                all::add, () -> hosting.leaveOut(entry.uri().value())));
        all.forEach(hosting::add);
        if (all.isEmpty()) {
            hosting.refused(new Response(404, Optional.empty(), Optional.empty(), hosting.leftOut()));
        }
    }

    private boolean isHost(UriList.Entry entry) {
        return Address.tryParse(entry.uri().value())
                .flatMap(named -> host().filter(named::isSame))
                .isPresent();
    }

    private Optional<Address> host() {
        return Address.tryParse(invite.head().originator().identity().uri().value());
    }

    private Optional<Seat> seat(UriList.Entry entry) {
        Optional<Address> address = Address.tryParse(entry.uri().value());
        Optional<Address> host = host();
        if (address.isEmpty() || host.isEmpty() || address.get() instanceof Address.Group) {
            return Optional.empty();
        }
        boolean ours = address.get()
                .domainName()
                .map(hosting.policy().sipDomains()::contains)
                .orElse(false);
        return ours ? Optional.of(ofSip(address.get())) : ofImps(host.get(), address.get());
    }

    /** The host's own media goes to the invitee as it is: the invitee connects to the host, not to us. */
    private Seat ofSip(Address address) {
        var usage = hosting.newUsage();
        NameAddr host = invite.head().originator().identity();
        hosting.sip(new SipCommand.SendInvite(
                usage,
                new Sender(host, false),
                new SipUri(address.sipUri()),
                invite.offer().orElseThrow(),
                othersInvited(),
                hosting.policy().invitationWait(),
                subject(),
                Optional.empty(),
                Optional.empty()));
        return Seat.asked(new Guest.OfSip(address.sipUri(), usage), hosting.newUsage());
    }

    private Map<String, String> subject() {
        return invite.head()
                .header("subject")
                .map(text -> Map.of("Subject", text))
                .orElse(Map.of());
    }

    /** RFC 5366 §5.2: who else was invited, as far as the host wants that known. */
    private List<Body> othersInvited() {
        UriList list = invite.conferencing().list().orElseThrow();
        boolean open = list.entries().stream().anyMatch(entry -> entry.copyControl() != UriList.CopyControl.BCC);
        return open ? List.of(new Body(ResourceLists.MEDIA_TYPE, ResourceLists.history(list))) : List.of();
    }

    /** For an IMPS user the host's talk with it answers: it connects to the host's path and carries the messages both ways. */
    private Optional<Seat> ofImps(Address host, Address address) {
        boolean served = address.domainName()
                .map(domain -> hosting.moment.domains().serving(domain).isPresent())
                .orElse(false);
        if (!served) {
            return Optional.empty();
        }
        var dialog = hosting.newUsage();
        var talk = Parties.key(host, address);
        hosting.sip(new SipCommand.ForkInvite(hosting.invitation, dialog));
        hosting.tell(
                talk,
                new Event.Sip(new SipEvent.InviteReceived(
                        dialog,
                        towards(address),
                        invite.offer().map(Guests::answeredActively),
                        List.of(),
                        Conferencing.NONE)));
        return Optional.of(Seat.asked(new Guest.OfImps(address.impsAddress(), talk.text()), dialog));
    }

    private RequestHead towards(Address address) {
        RequestHead head = invite.head();
        var uri = new SipUri(address.sipUri());
        return new RequestHead(
                uri,
                head.from(),
                NameAddr.of(uri),
                head.callId(),
                head.originator(),
                head.supported(),
                head.otherHeaders());
    }

    /** Step 4: the invitee opens the connection, also where the host would leave that open. */
    private static MessageMedia answeredActively(MessageMedia offer) {
        return offer.setup() == MessageMedia.Setup.ACTPASS
                ? new MessageMedia(
                        offer.secure(),
                        offer.host(),
                        offer.port(),
                        offer.path(),
                        offer.acceptTypes(),
                        offer.acceptWrappedTypes(),
                        offer.maxSize(),
                        MessageMedia.Setup.PASSIVE,
                        offer.direction(),
                        offer.fingerprint(),
                        offer.msrpCema(),
                        offer.chatroom())
                : offer;
    }
}
