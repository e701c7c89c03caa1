package org.impsiwf.ssp.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells many users, one primitive for all who are reached at one place, so many places at once. What concerns one group
 * reaches a place in order: whoever has left is not told to have come after that. Thread-safe.
 */
public final class FanOut {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

    private final InOrder inOrder;
    private final Semaphore telling;
    private final Function<UserId, String> places;
    private final BiFunction<UserId, Primitive, Primitive> deliver;

    /**
     * @param threads run what may block
     * @param places names where a user is reached
     * @param deliver takes a primitive there, by one of its users, and waits for the answer
     */
    public FanOut(
            Executor threads,
            int atOnce,
            Function<UserId, String> places,
            BiFunction<UserId, Primitive, Primitive> deliver) {
        inOrder = new InOrder(threads);
        this.places = places;
        this.deliver = deliver;
        telling = new Semaphore(atOnce);
    }

    /** Waits for room at most; what cannot be told is logged. */
    public void tell(Collection<UserId> users, Function<List<UserId>, Primitive> primitive) {
        Map<String, List<UserId>> byPlace = new LinkedHashMap<>();
        for (UserId user : Set.copyOf(users)) {
            byPlace.computeIfAbsent(places.apply(user), any -> new ArrayList<>())
                    .add(user);
        }
        byPlace.forEach((place, some) -> tellPlace(place, List.copyOf(some), primitive.apply(List.copyOf(some))));
    }

    private record Line(String place, Object about) {}

    private static Object about(Primitive told) {
        return switch (told) {
            case GroupChangeNotice notice -> notice.groupId();
            case LeaveGroupIndication indication
            when indication.groupId().isPresent() -> indication.groupId().get();
            default -> new Object();
        };
    }

    private void tellPlace(String place, List<UserId> users, Primitive told) {
        try {
            telling.acquire();
            inOrder.run(new Line(place, about(told)), () -> {
                try {
                    tellNow(users, told);
                } catch (RuntimeException ours) {
                    LOG.error("telling {} failed", users.getFirst(), ours);
                } finally {
                    telling.release();
                }
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException closing) {
            telling.release();
            LOG.warn("{} not told, the domain is closing", users.getFirst());
        }
    }

    private void tellNow(List<UserId> users, Primitive told) {
        Primitive answer = deliver.apply(users.getFirst(), told);
        if (answer instanceof Status status && !status.isSuccess()) {
            LOG.info("{} for {} not taken: {}", told.getClass().getSimpleName(), users.getFirst(), status.statusCode());
        }
    }
}
