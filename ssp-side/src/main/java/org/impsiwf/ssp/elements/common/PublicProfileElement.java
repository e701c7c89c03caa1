package org.impsiwf.ssp.elements.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetPublicProfileRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetPublicProfileResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.UpdatePublicProfileRequest;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.PublicProfile;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Public profiles (SSP 13.1.2, 13.1.3). */
public final class PublicProfileElement implements ServiceElement {

    private final PublicProfileStore profiles;
    private final PublicProfilePolicy policy;
    private final Users users;
    private final Notifications notifications;
    private final ServiceAccessPoint sap;

    public PublicProfileElement(
            PublicProfileStore profiles,
            PublicProfilePolicy policy,
            Users users,
            Notifications notifications,
            ServiceAccessPoint sap) {
        this.profiles = profiles;
        this.policy = policy;
        this.users = users;
        this.notifications = notifications;
        this.sap = sap;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(GetPublicProfileRequest.class, UpdatePublicProfileRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return request.primitive() instanceof UpdatePublicProfileRequest update
                ? update(request.requiredUser(), update)
                : read(request.user(), (GetPublicProfileRequest) request.primitive());
    }

    private Primitive read(Optional<UserId> asking, GetPublicProfileRequest request) {
        // Of other domains' users we cannot know what they have filled in.
        asking.filter(this::isOurs).ifPresent(user -> policy.requireOwn(profiles.of(user)));
        List<UserId> asked = request.userIdList().stream().distinct().toList();
        List<UserId> looked = asked.subList(0, Math.min(asked.size(), policy.mostProfiles()));
        Map<UserId, PublicFields> filledIn = profiles.find(looked);
        List<PublicProfile> shown = new ArrayList<>();
        SequencedMap<StatusCode, List<UserId>> failures = new LinkedHashMap<>();
        for (UserId user : looked) {
            PublicFields fields = filledIn.getOrDefault(user, PublicFields.NONE);
            if (filledIn.get(user) == null && !isOurs(user)) {
                failures.computeIfAbsent(StatusCode.UNKNOWN_USER, any -> new ArrayList<>())
                        .add(user);
            } else if (policy.isComplete(fields)) {
                shown.add(new PublicProfile(Optional.of(user), fields.properties()));
            } else {
                failures.computeIfAbsent(
                                StatusCode.MISSING_MANDATORY_FIELDS_OF_REQUESTED_USER, any -> new ArrayList<>())
                        .add(user);
            }
        }
        // SSP 18.8.7: the rest has to be asked for in a transaction of its own.
        failures.put(StatusCode.TOO_MANY_PUBLIC_PROFILES_REQUESTED, asked.subList(looked.size(), asked.size()));
        Status status = Details.ofUsers(!shown.isEmpty(), failures);
        return status.isSuccess() ? new GetPublicProfileResponse(Optional.empty(), status, shown) : status;
    }

    private Status update(UserId user, UpdatePublicProfileRequest request) {
        if (!isOurs(user)) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        request.publicProfile()
                .flatMap(PublicProfile::userId)
                .filter(named -> !named.equals(user))
                .ifPresent(other -> {
                    throw Refusal.of(StatusCode.FORBIDDEN);
                });
        profiles.change(user, before -> changed(before, request));
        notifications.raise(Notice.of(NotificationType.PPU), List.of(user));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    // An empty profile is allowed (SSP-260); one that is begun has its mandatory fields.
    private PublicFields changed(PublicFields before, UpdatePublicProfileRequest request) {
        PublicFields base = request.clearPublicProfile() ? PublicFields.NONE : before;
        PublicFields next =
                base.with(request.publicProfile().map(PublicProfile::properties).orElse(List.of()));
        if (!next.values().isEmpty() && !policy.isComplete(next)) {
            throw Refusal.of(StatusCode.MISSING_MANDATORY_FIELDS_OF_REQUESTING_USER);
        }
        return next;
    }

    private boolean isOurs(UserId user) {
        return sap.isHome(user.domain())
                ? users.isRegistered(user)
                : sap.isPrimary(user, UpdatePublicProfileRequest.class);
    }
}
