package org.impsiwf.ssp.elements.im;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.impsiwf.ssp.elements.Blocking;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Granting;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.im.BlockStore.Lists;
import org.impsiwf.ssp.elements.im.BlockStore.Match;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetBlockedRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetBlockedResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.IsUserBlockedRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.IsUserBlockedResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.ListStatus;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Blocking and granting (SSP 16.2.10 to 16.2.12). A sender is shut out by an active block list that names it and by an active
 * grant list that does not; when both are active it has to pass both. Contact lists count with the members that they
 * have at that moment (SSP-396).
 */
public final class Blocks implements ServiceElement, Blocking, Granting {

    private final BlockStore store;
    private final ContactListMembers contactLists;
    private final Users users;
    private final Groups groups;
    private final Notifications notifications;
    private final ServiceAccessPoint sap;
    private final ImSettings.Blocking settings;
    private final BlockListChange change;

    public Blocks(
            BlockStore store,
            ContactListMembers contactLists,
            Users users,
            Groups groups,
            Notifications notifications,
            ServiceAccessPoint sap,
            ImSettings.Blocking settings) {
        this.store = store;
        this.contactLists = contactLists;
        this.users = users;
        this.groups = groups;
        this.notifications = notifications;
        this.sap = sap;
        this.settings = settings;
        change = new BlockListChange(settings.mostBlocked(), settings.mostGranted());
    }

    @Override
    public boolean isBlocked(UserId owner, UserId sender, Optional<GroupId> group) {
        return blocking(List.of(owner), Origin.of(sender, group)).contains(owner);
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> owners, UserId sender, Optional<GroupId> group) {
        return blocking(owners, Origin.of(sender, group));
    }

    /** Those of the owners who have shut that origin out. */
    public Set<UserId> blocking(Collection<UserId> owners, Origin origin) {
        Map<UserId, Match> matches = store.match(owners, origin.entries());
        Set<UserId> blocking = new HashSet<>();
        matches.forEach((owner, match) -> {
            if (isShutOut(owner, origin, match)) {
                blocking.add(owner);
            }
        });
        return blocking;
    }

    private boolean isShutOut(UserId owner, Origin origin, Match match) {
        boolean blocked =
                match.blockActive() && (match.matchedByBlock() || isMember(owner, origin, match.blockedContacts()));
        return blocked
                || (match.grantActive()
                        && !match.matchedByGrant()
                        && !isMember(owner, origin, match.grantedContacts()));
    }

    private boolean isMember(UserId owner, Origin origin, List<ContactListId> lists) {
        return origin.user()
                .filter(user -> lists.stream().anyMatch(list -> contactLists.contains(list, owner, user)))
                .isPresent();
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(BlockEntityRequest.class, GetBlockedRequest.class, IsUserBlockedRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch (request.primitive()) {
            case BlockEntityRequest blocks -> change(owner(request), blocks);
            case GetBlockedRequest any -> lists(owner(request));
            case IsUserBlockedRequest question -> isBlocked(question);
            default -> throw new IllegalStateException("not served here: " + request.primitive());
        };
    }

    private UserId owner(ServiceRequest request) {
        UserId owner = request.requiredUser();
        if (sap.isHome(owner.domain()) && !users.isRegistered(owner)) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        return owner;
    }

    private Status change(UserId owner, BlockEntityRequest request) {
        List<Part> refused = new ArrayList<>();
        BlockEntityRequest known = new BlockEntityRequest(
                request.metaInformation(),
                known(request.blockEntityList(), refused),
                request.unblockEntityList(),
                request.blockListStatus(),
                known(request.grantEntityList(), refused),
                request.ungrantEntityList(),
                request.grantListStatus());
        boolean nothingToDo =
                known.blockEntityList().isEmpty() && known.grantEntityList().isEmpty();
        if (!refused.isEmpty() && nothingToDo) {
            return Combination.of(refused);
        }
        AtomicReference<Lists> before = new AtomicReference<>();
        AtomicReference<Lists> after = new AtomicReference<>();
        store.change(owner, lists -> {
            before.set(lists);
            after.set(change.applied(lists, known));
            return after.get();
        });
        notices(before.get(), after.get()).forEach(notice -> notifications.raise(notice, List.of(owner)));
        refused.add(Part.done());
        return Combination.of(refused);
    }

    /** What the user's clients may want to know of the change (SSP 13.1.1). */
    private static List<Notice> notices(Lists before, Lists after) {
        List<Notice> notices = new ArrayList<>();
        if (!before.blocked().entities().equals(after.blocked().entities())) {
            notices.add(Notice.of(NotificationType.BLC));
        }
        if (before.blocked().active() != after.blocked().active()) {
            notices.add(
                    Notice.ofListInUse(NotificationType.BLUC, after.blocked().active()));
        }
        if (!before.granted().entities().equals(after.granted().entities())) {
            notices.add(Notice.of(NotificationType.GLC));
        }
        if (before.granted().active() != after.granted().active()) {
            notices.add(
                    Notice.ofListInUse(NotificationType.GLUC, after.granted().active()));
        }
        return notices;
    }

    @Override
    public void grant(UserId owner, Entity entity) {
        Primitive lists = sap.isPrimary(owner, BlockEntityRequest.class)
                ? lists(owner)
                : sap.ask(owner.domain(), new GetBlockedRequest(MetaInformation.ofUser(sap.serviceId(), owner)));
        if (!(lists instanceof GetBlockedResponse known)) {
            throw new Refusal((Status) lists);
        }
        BlockEntityRequest request = new BlockEntityRequest(
                MetaInformation.ofUser(sap.serviceId(), owner),
                List.of(),
                List.of(),
                known.blockListStatus(),
                List.of(entity),
                List.of(),
                known.grantListStatus());
        Primitive answer = sap.isPrimary(owner, BlockEntityRequest.class)
                ? change(owner, request)
                : sap.ask(owner.domain(), request);
        if (answer instanceof Status status && !status.isSuccess()) {
            throw new Refusal(status);
        }
    }

    private List<Entity> known(List<Entity> entities, List<Part> refused) {
        List<Entity> known = new ArrayList<>();
        for (Entity entity : entities) {
            Optional<StatusCode> refusal = refusal(entity);
            refusal.ifPresentOrElse(
                    code -> refused.add(Part.ofEntity(entity, Status.of(code))), () -> known.add(entity));
        }
        return known;
    }

    // Only our own domains' users and groups can be known not to exist.
    private Optional<StatusCode> refusal(Entity entity) {
        Optional<StatusCode> wildcard = Wildcards.refusal(entity.toString(), settings.wildcardsAllowed());
        if (wildcard.isPresent() || Wildcards.isWildcard(entity.toString())) {
            return wildcard;
        }
        return switch (entity) {
            case UserId user
            when sap.isHome(user.domain()) && !users.isRegistered(user) -> Optional.of(StatusCode.UNKNOWN_USER);
            case GroupId group
            when sap.isHome(group.domain()) && !groups.isHosted(group) -> Optional.of(StatusCode.GROUP_DOES_NOT_EXIST);
            default -> Optional.empty();
        };
    }

    private GetBlockedResponse lists(UserId owner) {
        Lists lists = store.lists(owner);
        return new GetBlockedResponse(
                Status.of(StatusCode.SUCCESSFUL),
                lists.blocked().entities(),
                status(lists.blocked().active()),
                lists.granted().entities(),
                status(lists.granted().active()));
    }

    private static ListStatus status(boolean active) {
        return active ? ListStatus.ACTIVE : ListStatus.INACTIVE;
    }

    private Primitive isBlocked(IsUserBlockedRequest question) {
        UserId owner = question.blockingUser();
        if (!sap.isPrimary(owner, IsUserBlockedRequest.class)) {
            return sap.ask(owner.domain(), question);
        }
        if (sap.isHome(owner.domain()) && !users.isRegistered(owner)) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        boolean blocked = isBlocked(owner, question.blockedUser(), Optional.empty());
        return new IsUserBlockedResponse(Status.of(StatusCode.SUCCESSFUL), blocked);
    }
}
