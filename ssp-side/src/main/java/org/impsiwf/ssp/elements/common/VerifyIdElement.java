package org.impsiwf.ssp.elements.common;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.profile.UserStore;
import org.impsiwf.ssp.primitives.CommonPrimitive.VerifyIDRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.VerifyIDResponse;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.WvId;

/**
 * Says which addresses are in use, and since when (SSP 13.1.10). For our own users it also asks the domains that the
 * addresses belong to.
 */
public final class VerifyIdElement implements ServiceElement {

    private final UserStore users;
    private final Groups groups;
    private final ContactListMembers lists;
    private final ServiceAccessPoint sap;

    public VerifyIdElement(UserStore users, Groups groups, ContactListMembers lists, ServiceAccessPoint sap) {
        this.users = users;
        this.groups = groups;
        this.lists = lists;
        this.sap = sap;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(VerifyIDRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        VerifyIDRequest verify = (VerifyIDRequest) request.primitive();
        List<WvId> valid = new ArrayList<>();
        List<DetailedResult> failures = new ArrayList<>();
        Map<String, List<WvId>> elsewhere = new LinkedHashMap<>();
        for (WvId id : verify.wvIdList()) {
            if (sap.isHome(domain(id))) {
                try {
                    valid.add(verified(id, request.user()));
                } catch (Refusal refusal) {
                    failures.add(failure(refusal.status().statusCode(), id));
                }
            } else if (request.peer().isEmpty() && !domain(id).isEmpty()) {
                elsewhere.computeIfAbsent(domain(id), any -> new ArrayList<>()).add(id);
            } else {
                failures.add(failure(StatusCode.NOT_FOUND.code(), id));
            }
        }
        elsewhere.forEach((domain, ids) ->
                askElsewhere(domain, new VerifyIDRequest(verify.metaInformation(), ids), valid, failures));
        Status status = Details.of(!valid.isEmpty(), failures.stream());
        return status.isSuccess() ? new VerifyIDResponse(status, valid) : status;
    }

    private void askElsewhere(String domain, VerifyIDRequest request, List<WvId> valid, List<DetailedResult> failures) {
        switch (sap.ask(domain, request)) {
            case VerifyIDResponse response -> {
                valid.addAll(response.wvIdList());
                failures.addAll(response.statusInfo().detailedResult());
            }
            case Status status when !status.detailedResult().isEmpty() -> failures.addAll(status.detailedResult());
            case Status status -> request.wvIdList().forEach(id -> failures.add(failure(status.statusCode(), id)));
            case Primitive other -> throw new IllegalStateException("no answer to VerifyID: " + other.getClass());
        }
    }

    private WvId verified(WvId id, Optional<UserId> asking) {
        return switch (id) {
            case WvId.OfUser user -> verified(user);
            case WvId.OfGroup group when groups.isHosted(group.groupId()) -> group;
            case WvId.OfGroup group -> throw Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST);
            case WvId.OfContactList list -> verified(list, asking);
            case WvId.OfScreenName name -> verified(name);
        };
    }

    // Another creation time than the asker knows: the address was given to somebody else since.
    private WvId verified(WvId.OfUser asked) {
        Instant created = Optional.ofNullable(
                        users.created(List.of(asked.userId())).get(asked.userId()))
                .orElseThrow(() -> Refusal.of(StatusCode.UNKNOWN_USER));
        if (asked.creationTime().filter(known -> !known.equals(created)).isPresent()) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        return new WvId.OfUser(asked.userId(), Optional.of(created));
    }

    // A user gets to know of the own lists only; of others the answer is the same whether they exist or not.
    private WvId verified(WvId.OfContactList asked, Optional<UserId> asking) {
        UserId owner = owner(asked.contactListId());
        if (asking.filter(user -> !user.value().equalsIgnoreCase(owner.value())).isPresent()) {
            throw Refusal.of(StatusCode.GENERAL_ADDRESS_ERROR);
        }
        lists.of(asked.contactListId(), owner);
        return asked;
    }

    private WvId verified(WvId.OfScreenName asked) {
        if (!groups.isHosted(asked.groupId())) {
            throw Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }
        return groups.behind(ScreenName.in(asked.groupId(), asked.name()))
                .map(user -> asked)
                .orElseThrow(() -> Refusal.of(StatusCode.UNKNOWN_USER));
    }

    /** {@code wv:user/list@domain} is a list of {@code wv:user@domain} (SSP 6.3.2). */
    private static UserId owner(ContactListId list) {
        String address = list.value();
        int slash = address.indexOf('/');
        int at = address.lastIndexOf('@');
        if (slash < 0 || at < slash) {
            throw Refusal.of(StatusCode.CONTACT_LIST_DOES_NOT_EXIST);
        }
        return new UserId(address.substring(0, slash) + address.substring(at));
    }

    private static String domain(WvId id) {
        return switch (id) {
            case WvId.OfUser user -> user.userId().domain();
            case WvId.OfGroup group -> group.groupId().domain();
            case WvId.OfContactList list -> list.contactListId().domain();
            case WvId.OfScreenName name -> name.groupId().domain();
        };
    }

    private static DetailedResult failure(int code, WvId id) {
        List<UserId> userIds = id instanceof WvId.OfUser user ? List.of(user.userId()) : List.of();
        List<GroupId> groupIds = id instanceof WvId.OfGroup group ? List.of(group.groupId()) : List.of();
        List<ScreenName> names =
                id instanceof WvId.OfScreenName name ? List.of(ScreenName.in(name.groupId(), name.name())) : List.of();
        Optional<String> text = id instanceof WvId.OfContactList list
                ? Optional.of(list.contactListId().value())
                : Optional.empty();
        return new DetailedResult(code, text, userIds, groupIds, names, List.of(), List.of());
    }
}
