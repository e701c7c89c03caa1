package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.impsiwf.ssp.domain.Aftermath;
import org.impsiwf.ssp.domain.FanOut;
import org.impsiwf.ssp.domain.Neighbours;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SAP of our Group Service Element: the SIP users are local and reached all at once, the others by the neighbours. */
final class HomeAccessPoint implements ServiceAccessPoint, GroupOutbox.Asking {

    private static final Logger LOG = LoggerFactory.getLogger(HomeAccessPoint.class);

    /** The mapping's ids hold a {@code :}, so none of them begins like this. */
    static final String MARK = "groups-";

    private static final int TELLING = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final GroupHome.Settings settings;
    private final Function<String, Optional<ServiceId>> serving;
    private final SipUsers users;
    private final Neighbours neighbours;
    private final Aftermath aftermath;
    private final Executor threads;
    private final FanOut fanOut;

    HomeAccessPoint(
            GroupHome.Settings settings,
            Function<String, Optional<ServiceId>> serving,
            SspSide server,
            SipUsers users,
            Executor threads) {
        this.settings = settings;
        this.serving = serving;
        this.users = users;
        this.threads = threads;
        neighbours = new Neighbours(server, PATIENCE, MARK);
        aftermath = new Aftermath(threads);
        fanOut = new FanOut(threads, TELLING, this::place, this::deliver);
    }

    @Override
    public ServiceId serviceId() {
        return settings.self();
    }

    @Override
    public boolean isHome(String domain) {
        return settings.domains().contains(domain.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isPrimary(UserId user, Class<? extends Primitive> request) {
        return isHome(user.domain());
    }

    /** A home domain's own element is the only one that asks, so what is asked of it is for its users. */
    @Override
    public Primitive ask(String domain, Primitive request) {
        if (isHome(domain)) {
            return users.deliver(request);
        }
        return serving.apply(domain.toLowerCase(Locale.ROOT))
                .map(neighbour -> neighbours.ask(neighbour, request, Optional.empty()))
                .orElseGet(() -> Status.of(StatusCode.DOMAIN_NOT_SUPPORTED));
    }

    @Override
    public CompletableFuture<Primitive> begin(String domain, Primitive request) {
        if (isHome(domain)) {
            return users.begin(request);
        }
        return serving.apply(domain.toLowerCase(Locale.ROOT))
                .map(neighbour -> neighbours.begin(neighbour, request))
                .orElseGet(() -> CompletableFuture.completedFuture(Status.of(StatusCode.DOMAIN_NOT_SUPPORTED)));
    }

    @Override
    public Primitive deliver(UserId user, Primitive primitive) {
        return ask(user.domain(), primitive);
    }

    @Override
    public void tell(Collection<UserId> told, Function<List<UserId>, Primitive> primitive) {
        aftermath.afterwards(() -> fanOut.tell(told, primitive));
    }

    private String place(UserId user) {
        return isHome(user.domain()) ? settings.self().domain() : user.domain().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isOnline(UserId user) {
        return users.isRegistered(user);
    }

    /** On a thread of its own, so that a user's next request does not wait for what another domain does with this one. */
    @Override
    public void afterwards(Runnable work) {
        aftermath.afterwards(() -> onItsOwn(work));
    }

    private void onItsOwn(Runnable work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException ours) {
                    LOG.error("work after a request failed", ours);
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.debug("not done any more, the gateway is closing");
        }
    }

    // ---- answers of the neighbours

    boolean asked(SspRequestId request) {
        return neighbours.asked(request);
    }

    void answered(SspEvent.ResponseReceived response) {
        neighbours.answered(response);
    }

    void failed(SspEvent.RequestFailed failure) {
        neighbours.failed(failure);
    }
}
