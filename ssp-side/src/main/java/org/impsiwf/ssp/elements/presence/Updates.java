package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.contacts.KnownUsers;
import org.impsiwf.ssp.elements.contacts.OwnedLists;
import org.impsiwf.ssp.elements.contacts.PartialResult;
import org.impsiwf.ssp.elements.presence.Publishing.Effects;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive.UpdatePresenceRequest;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** New presence values (SSP 15.2.6). */
final class Updates {

    private final PresenceStore store;
    private final ContactListMembers lists;
    private final Publishing publishing;
    private final KnownUsers known;
    private final ServiceAccessPoint sap;
    private final EffectSender sender;
    private final PresenceSettings settings;

    Updates(
            PresenceStore store,
            ContactListMembers lists,
            Publishing publishing,
            KnownUsers known,
            ServiceAccessPoint sap,
            EffectSender sender,
            PresenceSettings settings) {
        this.store = store;
        this.lists = lists;
        this.publishing = publishing;
        this.known = known;
        this.sap = sap;
        this.sender = sender;
        this.settings = settings;
    }

    Status update(UpdatePresenceRequest update, ServiceRequest request) {
        PartialResult result = new PartialResult();
        List<PresenceValue> allowed = new ArrayList<>();
        for (PresenceValue value : expanded(update, request)) {
            Optional<StatusCode> refused = refusal(value, request);
            if (refused.isPresent()) {
                result.failed(refused.get(), value.userId());
            } else {
                result.succeeded();
                allowed.add(value);
            }
        }
        if (!allowed.isEmpty()) {
            save(allowed);
        }
        return result.status();
    }

    // SSP 15.2.6 speaks of contact lists, though the primitive has no place for one: an address of a list of the asking
    // user stands for its members, here as everywhere (SSP 5.2).
    private List<PresenceValue> expanded(UpdatePresenceRequest update, ServiceRequest request) {
        return update.presenceValueList().stream()
                .flatMap(value -> request.user()
                        .flatMap(asking -> OwnedLists.named(value.userId(), asking))
                        .map(list -> lists.of(list, request.requiredUser()).stream()
                                .map(member -> new PresenceValue(member, value.attributes())))
                        .orElseGet(() -> Stream.of(value)))
                .toList();
    }

    private void save(List<PresenceValue> values) {
        sender.send(store.inTransaction(() -> {
            Effects effects = new Effects();
            values.stream()
                    .sorted(Comparator.comparing(value -> value.userId().key()))
                    .forEach(value -> publishing.update(
                            value.userId(), old -> PresenceValues.updated(old, value.attributes()), effects));
            return effects;
        }));
    }

    private Optional<StatusCode> refusal(PresenceValue value, ServiceRequest request) {
        if (!mayUpdate(value.userId(), request)) {
            return Optional.of(StatusCode.FORBIDDEN);
        }
        if (!sap.isPrimary(value.userId(), UpdatePresenceRequest.class) || !known.isKnown(value.userId())) {
            return Optional.of(StatusCode.UNKNOWN_USER);
        }
        if (!PresenceValues.attributesOf(value.attributes())
                .minus(settings.supported())
                .isEmpty()) {
            return Optional.of(StatusCode.INVALID_OR_UNSUPPORTED_PRESENCE_ATTRIBUTES);
        }
        return ValueRules.unknownIn(value.attributes()).map(any -> StatusCode.INVALID_OR_UNSUPPORTED_PRESENCE_VALUE);
    }

    // The owner; who was given the right; and for its users the server of their domain (SSP 15.2.6).
    private boolean mayUpdate(UserId publisher, ServiceRequest request) {
        return request.user()
                .map(user -> Publishing.isSame(user, publisher) || settings.isEditor(user))
                .orElseGet(() -> request.peer()
                        .map(peer -> peer.domain().equals(publisher.domain()))
                        .orElse(false));
    }

    /** A client of the user came or the last one went; told to the PSE where that is in another domain. */
    void online(UserId user, boolean isOnline) {
        if (!sap.isPrimary(user, UpdatePresenceRequest.class)) {
            PresenceValue value = new PresenceValue(user, PresenceValues.withOnline(PresenceSubList.NONE, isOnline));
            UpdatePresenceRequest update =
                    new UpdatePresenceRequest(MetaInformation.ofServer(sap.serviceId()), List.of(value));
            sap.afterwards(() -> sap.ask(user.domain(), update));
            return;
        }
        sender.send(store.inTransaction(() -> {
            Effects effects = new Effects();
            publishing.update(user, old -> PresenceValues.withOnline(old, isOnline), effects);
            return effects;
        }));
    }
}
