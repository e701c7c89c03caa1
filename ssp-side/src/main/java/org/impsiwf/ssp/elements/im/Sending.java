package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.delivery.SideBySide;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * SendMessage (SSP 16.2.1): as the PSE of the sender, whose message may go anywhere, or of the recipients only. Other
 * domains are asked side by side, each once; the outcomes become one answer.
 */
final class Sending {

    private final Reception reception;
    private final Relaying relaying;
    private final PostingToGroups postingToGroups;
    private final ContactListMembers contactLists;
    private final MessageIds ids;
    private final ServiceAccessPoint sap;
    private final ImSettings settings;

    Sending(
            Reception reception,
            Relaying relaying,
            PostingToGroups postingToGroups,
            ContactListMembers contactLists,
            MessageIds ids,
            ServiceAccessPoint sap,
            ImSettings settings) {
        this.reception = reception;
        this.relaying = relaying;
        this.postingToGroups = postingToGroups;
        this.contactLists = contactLists;
        this.ids = ids;
        this.sap = sap;
        this.settings = settings;
    }

    Primitive serve(ServiceRequest request, SendMessageRequest said) {
        SendMessageRequest message =
                said.messageInfo().messageId().isPresent() ? said : Messages.withId(said, ids.next());
        Status status = send(message, mayGoAnywhere(request, message), request.at());
        return status.isSuccess() ? new SendMessageResponse(status, Optional.of(Messages.id(message))) : status;
    }

    // Nobody relays through us who is not our user: that would be the way to send as somebody else.
    private boolean mayGoAnywhere(ServiceRequest request, SendMessageRequest message) {
        return request.peer().isEmpty()
                || Messages.sender(message)
                        .filter(sender -> sap.isPrimary(sender, SendMessageRequest.class))
                        .isPresent();
    }

    /**
     * Sends a message that has its Message-ID.
     *
     * @param anywhere whether it may leave us for another domain
     */
    Status send(SendMessageRequest message, boolean anywhere, Instant now) {
        Messages.requireAcceptable(message, settings.contents());
        Optional<UserId> sender = Messages.sender(message);
        Recipients recipients = Recipients.of(message.messageInfo().recipients(), sender, contactLists);
        requireSome(recipients);
        List<User> ours = new ArrayList<>();
        List<User> theirs = new ArrayList<>();
        recipients
                .users()
                .values()
                .forEach(user -> (sap.isPrimary(user.userId(), SendMessageRequest.class) ? ours : theirs).add(user));
        List<Part> parts = new ArrayList<>(recipients.refused());
        parts.addAll(reception.take(message, ours, now));
        parts.addAll(relay(message, theirs, anywhere, now));
        recipients.groups().forEach(group -> parts.add(postingToGroups.post(message, group, List.of(), anywhere, now)));
        recipients
                .whispers()
                .forEach((group, names) -> parts.add(postingToGroups.post(message, group, names, anywhere, now)));
        return Combination.of(parts);
    }

    private void requireSome(Recipients recipients) {
        if (recipients.count() == 0 && recipients.refused().isEmpty()) {
            throw Refusal.of(StatusCode.BAD_REQUEST, "no recipient");
        }
        if (recipients.count() > settings.mostRecipients()) {
            throw Refusal.of(
                    StatusCode.MESSAGE_HAS_BEEN_REJECTED_DUE_TO_LIMITATIONS,
                    "more than " + settings.mostRecipients() + " recipients");
        }
    }

    private List<Part> relay(SendMessageRequest message, Collection<User> users, boolean anywhere, Instant now) {
        Map<String, List<User>> byDomain = Relaying.byDomain(users);
        if (!anywhere) {
            // A home domain still hands on to the PSE of its own users (SSP 5.2 rule 1).
            List<Part> parts = new ArrayList<>();
            byDomain.entrySet().removeIf(entry -> {
                boolean foreign = !sap.isHome(entry.getKey());
                if (foreign) {
                    parts.add(Part.ofUsers(ids(entry.getValue()), Status.of(StatusCode.DOMAIN_NOT_SUPPORTED)));
                }
                return foreign;
            });
            parts.addAll(ask(message, byDomain, false, now));
            return parts;
        }
        return ask(message, byDomain, true, now);
    }

    private List<Part> ask(SendMessageRequest message, Map<String, List<User>> byDomain, boolean kept, Instant now) {
        Instant expires = reception.expiry(message, now);
        return SideBySide.each(byDomain.keySet(), domain -> {
                    List<User> users = byDomain.get(domain);
                    SendMessageRequest part = Messages.forAddressees(message, List.<Addressee>copyOf(users));
                    return Part.ofUsers(ids(users), relaying.ask(domain, part, kept, now, expires));
                })
                .values()
                .stream()
                .toList();
    }

    private static List<UserId> ids(List<User> users) {
        return users.stream().map(User::userId).toList();
    }
}
