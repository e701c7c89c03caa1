package org.impsiwf.ssp.elements.profile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ProfilePrimitive;
import org.impsiwf.ssp.primitives.ProfilePrimitive.GetUserProfileRequest;
import org.impsiwf.ssp.primitives.ProfilePrimitive.UpdateUserProfileRequest;
import org.impsiwf.ssp.primitives.ProfilePrimitive.UserProfile;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;
import org.impsiwf.ssp.primitives.UserProfileEntry.ClientProfile;

/**
 * User profile management (SSP 11): other domains read and write the profiles of our users, and of those whose PSE we
 * are. A user reads and writes its own only.
 */
public final class UserProfileElement implements ServiceElement {

    private static final int MOST_PROFILES = 1_000;

    private final UserStore users;
    private final ServiceAccessPoint sap;

    public UserProfileElement(UserStore users, ServiceAccessPoint sap) {
        this.users = users;
        this.sap = sap;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(GetUserProfileRequest.class, UpdateUserProfileRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch ((ProfilePrimitive) request.primitive()) {
            case GetUserProfileRequest get -> read(request, get.userIdList());
            case UpdateUserProfileRequest update -> update(request, update.updatedUserProfileList());
            case UserProfile other -> throw new IllegalStateException("a response is not served: " + other);
        };
    }

    private Primitive read(ServiceRequest request, List<UserId> asked) {
        asked.forEach(user -> requireMayTouch(request, user));
        if (asked.isEmpty()) {
            return readAll(request);
        }
        List<UserId> distinct = asked.stream().distinct().limit(MOST_PROFILES).toList();
        List<UserProfileEntry> found = users.profiles(distinct);
        Set<UserId> known =
                Set.copyOf(found.stream().map(UserProfileEntry::userId).toList());
        List<UserId> unknown =
                distinct.stream().filter(user -> !known.contains(user)).toList();
        if (found.isEmpty()) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        return new UserProfile(unknown.isEmpty() ? Status.of(StatusCode.SUCCESSFUL) : partly(unknown), found);
    }

    // SSP-233: nobody named asks for everybody. More than fits into one message is left out, and the answer says so.
    private Primitive readAll(ServiceRequest request) {
        if (request.peer().isEmpty()) {
            throw Refusal.of(StatusCode.FORBIDDEN);
        }
        List<UserProfileEntry> found = users.profilesAfter(Optional.empty(), MOST_PROFILES + 1);
        return found.size() <= MOST_PROFILES
                ? new UserProfile(Status.of(StatusCode.SUCCESSFUL), found)
                : new UserProfile(
                        Status.of(StatusCode.PARTIALLY_SUCCESSFUL, "there are more than " + MOST_PROFILES),
                        found.subList(0, MOST_PROFILES));
    }

    private Status update(ServiceRequest request, List<UserProfileEntry> profiles) {
        for (UserProfileEntry profile : profiles) {
            requireMayTouch(request, profile.userId());
            pairs(profile).forEach(UserProfileElement::requireValid);
        }
        List<UserProfileEntry> ours =
                profiles.stream().filter(profile -> isOurs(profile.userId())).toList();
        if (ours.isEmpty()) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        users.update(ours);
        List<UserId> unknown = profiles.stream()
                .map(UserProfileEntry::userId)
                .filter(user -> ours.stream().noneMatch(one -> one.userId().equals(user)))
                .toList();
        return unknown.isEmpty() ? Status.of(StatusCode.SUCCESSFUL) : partly(unknown);
    }

    private boolean isOurs(UserId user) {
        return sap.isHome(user.domain())
                ? users.isRegistered(user)
                : sap.isPrimary(user, UpdateUserProfileRequest.class);
    }

    private static void requireMayTouch(ServiceRequest request, UserId owner) {
        boolean another = request.user().isPresent() && !request.user().get().equals(owner);
        if (another) {
            throw Refusal.of(StatusCode.FORBIDDEN);
        }
    }

    private static void requireValid(Property pair) {
        if (!ProfileKey.isValid(pair.name(), pair.value())) {
            throw Refusal.of(StatusCode.BAD_PARAMETER, "no such value of " + pair.name());
        }
    }

    private static Stream<Property> pairs(UserProfileEntry profile) {
        return Stream.concat(
                profile.properties().stream(),
                profile.clientProfiles().stream().map(ClientProfile::properties).flatMap(List::stream));
    }

    private static Status partly(List<UserId> unknown) {
        return new Status(
                StatusCode.PARTIALLY_SUCCESSFUL.code(),
                Optional.empty(),
                List.of(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, unknown)),
                Optional.empty(),
                List.of());
    }
}
