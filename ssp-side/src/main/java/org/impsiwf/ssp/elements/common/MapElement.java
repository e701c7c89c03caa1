package org.impsiwf.ssp.elements.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.PresenceDisclosure;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.primitives.AcceptedContentType;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetMapRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetMapResponse;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Maps of places and of where users are (SSP 13.1.9): a picture that the client can show, or the URL of a map. */
public final class MapElement implements ServiceElement {

    private final Optional<String> urlTemplate;
    private final MapImages images;
    private final Users users;
    private final PresenceDisclosure presence;
    private final ServiceAccessPoint sap;

    /** @param urlTemplate of a map with <code>{latitude}</code> and <code>{longitude}</code>, for people */
    public MapElement(
            Optional<String> urlTemplate,
            MapImages images,
            Users users,
            PresenceDisclosure presence,
            ServiceAccessPoint sap) {
        this.urlTemplate = urlTemplate;
        this.images = images;
        this.users = users;
        this.presence = presence;
        this.sap = sap;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(GetMapRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        GetMapRequest map = (GetMapRequest) request.primitive();
        Optional<UserId> elsewhere = map.userId().filter(user -> !isOurs(user));
        if (elsewhere.isPresent()
                && request.peer().isEmpty()
                && !sap.isHome(elsewhere.get().domain())) {
            return sap.ask(elsewhere.get().domain(), map);
        }
        Place place = map.geoLocation()
                .or(() -> locationOf(map.userId().orElseThrow(), request))
                .flatMap(Place::of)
                .orElseThrow(MapElement::noMap);
        return images.contentTypes().isEmpty() || map.acceptedContentType().isEmpty()
                ? url(place).or(() -> anyImage(place)).orElseThrow(MapElement::noMap)
                : fitting(place, map.acceptedContentType());
    }

    // SSP 13.1.9: who has not authorised the asker is, for the asker, at no place that has a map.
    private Optional<PresenceSubList.GeoLocation> locationOf(UserId user, ServiceRequest request) {
        if (!isOurs(user)) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        return presence
                .disclosed(List.of(user), request.requiredUser(), Set.of(PresenceAttribute.GEO_LOCATION))
                .values()
                .stream()
                .flatMap(values -> values.geoLocation().stream())
                .findFirst();
    }

    private boolean isOurs(UserId user) {
        return sap.isHome(user.domain()) ? users.isRegistered(user) : sap.isPrimary(user, GetMapRequest.class);
    }

    private Optional<GetMapResponse> url(Place place) {
        return urlTemplate.map(template -> new GetMapResponse(
                Status.of(StatusCode.SUCCESSFUL), Optional.empty(), Optional.of(place.in(template))));
    }

    private Optional<GetMapResponse> anyImage(Place place) {
        return images.contentTypes().stream()
                .flatMap(type -> image(place, type, images.widths().getFirst()).stream())
                .findFirst()
                .map(MapElement::answer);
    }

    // The best size in any type that fits before a smaller one; a map that is too large is refused by 432.
    private GetMapResponse fitting(Place place, List<AcceptedContentType> accepted) {
        List<AcceptedContentType> common = accepted.stream()
                .filter(type -> images.contentTypes().stream().anyMatch(type.contentType()::equalsIgnoreCase))
                .toList();
        if (common.isEmpty()) {
            return url(place).orElseThrow(() -> Refusal.of(StatusCode.UNABLE_TO_FIND_SUITABLE_CONTENT_TYPE));
        }
        List<Content> tooLarge = new ArrayList<>();
        for (int width : images.widths()) {
            for (AcceptedContentType type : common) {
                Optional<Content> made = image(place, nameOf(type), width);
                if (made.filter(content -> fits(content, type)).isPresent()) {
                    return answer(made.get());
                }
                made.ifPresent(tooLarge::add);
            }
        }
        return url(place).orElseThrow(() -> tooLarge.isEmpty() ? noMap() : Refusal.of(StatusCode.RESPONSE_TOO_LARGE));
    }

    private String nameOf(AcceptedContentType type) {
        return images.contentTypes().stream()
                .filter(type.contentType()::equalsIgnoreCase)
                .findFirst()
                .orElseThrow();
    }

    private static boolean fits(Content content, AcceptedContentType type) {
        return type.richContentLength()
                .map(most -> content.data().bytes().length <= most)
                .orElse(true);
    }

    private Optional<Content> image(Place place, String type, int width) {
        return images.image(place, type, width).map(bytes -> Content.of(type, bytes));
    }

    private static GetMapResponse answer(Content map) {
        return new GetMapResponse(Status.of(StatusCode.SUCCESSFUL), Optional.of(map), Optional.empty());
    }

    private static Refusal noMap() {
        return Refusal.of(StatusCode.LOCATION_NOT_SUPPORTED);
    }
}
