package org.impsiwf.mapping.extension;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.conversation.Parties;
import org.impsiwf.mapping.event.Event.Invitee;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.extension.Extension.Guest;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.event.UriList.CopyControl;

/**
 * Who of a URI list can be invited.
 *
 * @param guests each user once, without the initiator, by the entry that came first
 * @param entries the entries of each guest, in the same order
 * @param refused URIs that nobody serves or that name no user
 * @param named how many the list names, without the initiator
 */
record GuestList(List<Guest> guests, List<List<UriList.Entry>> entries, List<String> refused, int named) {

    GuestList {
        guests = List.copyOf(guests);
        entries = List.copyOf(entries);
        refused = List.copyOf(refused);
    }

    static GuestList of(Optional<UriList> list, Address initiator, Moment moment) {
        Map<String, List<UriList.Entry>> byUser = new LinkedHashMap<>();
        Map<String, Address> users = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (UriList.Entry entry : list.map(UriList::entries).orElse(List.of())) {
            Optional<Address> user = user(entry, moment);
            if (user.isEmpty()) {
                refused.add(plain(entry.uri().value()));
            } else if (!user.get().isSame(initiator)) {
                users.putIfAbsent(user.get().canonical(), user.get());
                byUser.computeIfAbsent(user.get().canonical(), name -> new ArrayList<>())
                        .add(entry);
            }
        }
        List<Guest> guests = new ArrayList<>();
        users.forEach((name, user) -> guests.add(guest(user, byUser.get(name), initiator, moment.policy())));
        List<List<UriList.Entry>> entries =
                byUser.values().stream().map(List::copyOf).toList();
        List<String> distinct = refused.stream().distinct().toList();
        return new GuestList(guests, entries, distinct, guests.size() + distinct.size());
    }

    /** Whose entry it is. */
    Optional<Guest> guestOf(UriList.Entry entry) {
        for (int i = 0; i < guests.size(); i++) {
            if (entries.get(i).contains(entry)) {
                return Optional.of(guests.get(i));
            }
        }
        return Optional.empty();
    }

    /** RFC 5364 §4: who is named openly in one place is named openly; who wants to be anonymous anywhere is. */
    private static Guest guest(Address user, List<UriList.Entry> entries, Address initiator, Policy policy) {
        boolean open = entries.stream().anyMatch(entry -> entry.copyControl() != CopyControl.BCC);
        boolean anonymous = entries.stream().anyMatch(UriList.Entry::anonymize);
        Optional<String> name = Names.clean(
                entries.stream().flatMap(entry -> entry.displayName().stream()).findFirst());
        Invitee invitee = new Invitee(user.sipUri(), name, open && !anonymous);
        Optional<String> talk = isSip(user, policy)
                ? Optional.empty()
                : Optional.of(Parties.key(initiator, user).text());
        return new Guest(invitee, user.impsAddress(), talk);
    }

    private static Optional<Address> user(UriList.Entry entry, Moment moment) {
        return Address.tryParse(entry.uri().value()).flatMap(address -> switch (address) {
            case Address.Group group -> Optional.empty();
            case Address.Telephone number
            when number.host().isEmpty() ->
                moment.domains()
                        .forTelephoneNumbers()
                        .map(peer -> number.at(peer.id().domain()));
            case Address.Telephone number -> served(number, moment);
            case Address.User user -> served(user, moment);
        });
    }

    private static Optional<Address> served(Address user, Moment moment) {
        return user.domainName()
                .filter(domain -> moment.policy().isHome(domain)
                        || moment.domains().serving(domain).isPresent())
                .map(domain -> user);
    }

    private static boolean isSip(Address user, Policy policy) {
        return user.domainName().map(policy.sipDomains()::contains).orElse(false);
    }

    /** Without URI headers, which were meant for us. */
    private static String plain(String uri) {
        int headers = uri.indexOf('?');
        return headers < 0 ? uri : uri.substring(0, headers);
    }
}
