package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.contacts.KnownUsers;
import org.impsiwf.ssp.elements.contacts.PartialResult;
import org.impsiwf.ssp.elements.presence.Publishing.Effects;
import org.impsiwf.ssp.primitives.PresencePrimitive.UpdatePresenceRequest;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** New presence values (SSP 15.2.6). */
final class Updates {

    private final PresenceStore store;
    private final Publishing publishing;
    private final KnownUsers known;
    private final ServiceAccessPoint sap;
    private final EffectSender sender;
    private final PresenceSettings settings;

    Updates(
            PresenceStore store,
            Publishing publishing,
            KnownUsers known,
            ServiceAccessPoint sap,
            EffectSender sender,
            PresenceSettings settings) {
        this.store = store;
        this.publishing = publishing;
        this.known = known;
        this.sap = sap;
        this.sender = sender;
        this.settings = settings;
    }

    Status update(UpdatePresenceRequest update, ServiceRequest request) {
        PartialResult result = new PartialResult();
        List<PresenceValue> allowed = new ArrayList<>();
        for (PresenceValue value : update.presenceValueList()) {
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

    // The owner; and for its users, whom nobody else speaks for, the server of their domain (SSP 15.2.6).
    private static boolean mayUpdate(UserId publisher, ServiceRequest request) {
        return request.user()
                .map(user -> Publishing.isSame(user, publisher))
                .orElseGet(() -> request.peer()
                        .map(peer -> peer.domain().equals(publisher.domain()))
                        .orElse(false));
    }

    /** A client of the user came or the last one went. */
    void online(UserId user, boolean isOnline) {
        sender.send(store.inTransaction(() -> {
            Effects effects = new Effects();
            publishing.update(user, old -> PresenceValues.withOnline(old, isOnline), effects);
            return effects;
        }));
    }
}
