package org.impsiwf.ssp.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Service Elements of a domain, by what they serve. Thread-safe once the domain has started. */
public final class Elements {

    private static final Logger LOG = LoggerFactory.getLogger(Elements.class);

    private final Map<Class<? extends Primitive>, ServiceElement> serving = new HashMap<>();
    private List<ServiceElement> all = List.of();

    /** @throws IllegalStateException when two serve the same */
    public void provide(List<? extends ServiceElement> elements) {
        all = List.copyOf(elements);
        for (ServiceElement element : elements) {
            for (Class<? extends Primitive> served : element.serves()) {
                ServiceElement other = serving.putIfAbsent(served, element);
                if (other != null) {
                    throw new IllegalStateException(served.getSimpleName() + " is served by "
                            + other.getClass().getSimpleName() + " and "
                            + element.getClass().getSimpleName());
                }
            }
        }
    }

    /** The answer, whatever happens. */
    public Primitive serve(ServiceRequest request) {
        Class<? extends Primitive> kind = request.primitive().getClass();
        ServiceElement element = serving.get(kind);
        if (element == null) {
            return Status.of(Unserved.status(request));
        }
        try {
            return element.serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        } catch (StorageUnavailableException away) {
            LOG.warn("{} refused with 503: {}", kind.getSimpleName(), away.getMessage());
            return Status.of(StatusCode.SERVICE_UNAVAILABLE);
        } catch (RuntimeException ours) {
            LOG.error("{} failed on a {}", element.getClass().getSimpleName(), kind.getSimpleName(), ours);
            return Status.of(StatusCode.INTERNAL_SERVER_ERROR);
        }
    }

    void loggedIn(UserId user, Instant now) {
        each("loggedIn", element -> element.loggedIn(user, now));
    }

    void sessionEnded(UserId user, Optional<ClientId> client) {
        each("sessionEnded", element -> element.sessionEnded(user, client));
    }

    /** About once a second. */
    public void expire(Instant now) {
        each("expire", element -> element.expire(now));
    }

    private void each(String what, Consumer<ServiceElement> call) {
        for (ServiceElement element : all) {
            try {
                call.accept(element);
            } catch (StorageUnavailableException away) {
                LOG.warn("{} of {} put off: {}", what, element.getClass().getSimpleName(), away.getMessage());
            } catch (RuntimeException ours) {
                LOG.error("{} of {} failed", what, element.getClass().getSimpleName(), ours);
            }
        }
    }
}
