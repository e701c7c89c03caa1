package org.impsiwf.ssp.routing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.SuspendRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** SSP 5.2 rule 2: what has a meaning in our domain only is replaced before it leaves (SSP-012, SSP-013). Pure but for its look-up. */
public final class GlobalScope {

    private static final String OURS = "wv:";

    private final String domain;

    /** @param domain that an address without one belongs to */
    public GlobalScope(String domain) {
        this.domain = domain;
    }

    /** With a domain in every address of ours. Addresses of other schemes ({@code tel:}) have none. */
    @SuppressWarnings("unchecked") // a rewritten record is of its own class
    public <P extends Primitive> P qualified(P primitive) {
        return (P) Rewriting.everywhere(primitive, this::qualifiedAddress);
    }

    private Object qualifiedAddress(Object address) {
        return switch (address) {
            case UserId user when isLocal(user.value()) -> new UserId(withDomain(user.value()));
            case GroupId group when isLocal(group.value()) -> new GroupId(withDomain(group.value()));
            case ContactListId list when isLocal(list.value()) -> new ContactListId(withDomain(list.value()));
            default -> address;
        };
    }

    /**
     * SSP 6.3.1: between domains every address of IMPS has its domain.
     *
     * @return what a neighbour's primitive is answered that has an address without one
     */
    public static Optional<StatusCode> objection(Primitive primitive) {
        Deque<StatusCode> objections = new ArrayDeque<>();
        Rewriting.everywhere(primitive, held -> {
            switch (held) {
                case UserId user when isLocal(user.value()) -> objections.add(StatusCode.INVALID_USER_ID);
                case GroupId group when isLocal(group.value()) -> objections.add(StatusCode.GROUP_DOES_NOT_EXIST);
                case ContactListId list
                when isLocal(list.value()) -> objections.add(StatusCode.CONTACT_LIST_DOES_NOT_EXIST);
                default -> {
                    // It has its domain, or is no address.
                }
            }
            return held;
        });
        return Optional.ofNullable(objections.peekFirst());
    }

    private static boolean isLocal(String address) {
        return address.startsWith(OURS) && address.indexOf('@') < 0;
    }

    private String withDomain(String address) {
        return address + "@" + domain;
    }

    /**
     * With the members of each of our contact lists in place of it.
     *
     * @param members of a list, looked up for the user that asks
     */
    public Primitive expanded(Primitive primitive, Members members) {
        return switch (primitive) {
            case SendMessageRequest p -> withRecipients(p, members);
            case ForwardMessageRequest p ->
                new ForwardMessageRequest(p.metaInformation(), p.messageId(), recipients(p.recipients(), members));
            case SubscribeRequest p -> lists(p, p.userIdList(), p.contactListIdList(), members);
            case UnsubscribeRequest p -> lists(p, p.userIdList(), p.contactListIdList(), members);
            case GetPresenceRequest p -> lists(p, p.userIdList(), p.contactListIdList(), members);
            case SuspendRequest p -> lists(p, p.userIdList(), p.contactListIdList(), members);
            default -> primitive;
        };
    }

    /** Gives the members of a contact list. */
    @FunctionalInterface
    public interface Members {
        List<UserId> of(ContactListId list);
    }

    private SendMessageRequest withRecipients(SendMessageRequest request, Members members) {
        MessageInfo info = request.messageInfo();
        return request.withMessageInfo(info.withRecipients(recipients(info.recipients(), members)));
    }

    private List<Recipient> recipients(List<Recipient> recipients, Members members) {
        return recipients.stream()
                .flatMap(one -> one.addressee() instanceof ContactListId list && isOurs(list)
                        ? members.of(list).stream().map(User::of).map(Recipient::new)
                        : Stream.of(one))
                .distinct()
                .toList();
    }

    private Primitive lists(Record request, List<UserId> users, List<ContactListId> lists, Members members) {
        List<UserId> all = Stream.concat(
                        users.stream(), lists.stream().filter(this::isOurs).flatMap(list -> members.of(list).stream()))
                .distinct()
                .toList();
        List<ContactListId> others =
                lists.stream().filter(list -> !isOurs(list)).toList();
        return (Primitive) Rewriting.replacing(request, Map.of("userIdList", all, "contactListIdList", others));
    }

    private boolean isOurs(ContactListId list) {
        return list.domain().equals(domain);
    }
}
