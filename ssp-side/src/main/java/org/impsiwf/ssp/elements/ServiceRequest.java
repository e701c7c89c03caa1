package org.impsiwf.ssp.elements;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * A request as a Service Element gets it.
 *
 * @param peer the neighbour that sent it; absent when a client of ours asks, or another element of ours
 * @param user on whose behalf, with its domain; absent when a server asks for itself
 * @param client which of the user's clients, where that is known
 * @param at when it came
 */
public record ServiceRequest(
        Primitive primitive, Optional<ServiceId> peer, Optional<UserId> user, Optional<ClientId> client, Instant at) {

    /** A request of a client of ours. */
    public static ServiceRequest ofClient(UserId user, Primitive primitive, Instant at) {
        return new ServiceRequest(primitive, Optional.empty(), Optional.of(user), Optional.empty(), at);
    }

    /** Who asks, where only a user may (SSP 8.6). */
    public UserId requiredUser() {
        return user.orElseThrow(() -> Refusal.of(StatusCode.INVALID_USER_ID));
    }
}
