package org.impsiwf.ssp.elements;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;

/**
 * A SAP without a network: writes down what a Service Element asks, delivers and tells, in order, and answers as the test
 * says. {@code tell} and {@code afterwards} take effect at once. Local users are online unless said otherwise; everybody
 * answers 200 unless said otherwise. A call within a database transaction is a mistake that fails the test: the
 * transaction would hold its connection while another server thinks, and may run twice.
 */
public final class RecordingAccessPoint implements ServiceAccessPoint {

    /** One outgoing primitive. */
    public sealed interface Sent {
        Primitive primitive();
    }

    public record Asked(String domain, Primitive primitive) implements Sent {}

    public record Delivered(UserId user, Primitive primitive) implements Sent {}

    /** @param users the local user, or all users of one other domain that this one primitive is for */
    public record Told(List<UserId> users, Primitive primitive) implements Sent {}

    private final ServiceId serviceId;
    private final Set<UserId> offline = ConcurrentHashMap.newKeySet();
    private final Set<UserId> complementary = ConcurrentHashMap.newKeySet();
    private final Set<UserId> elsewhere = ConcurrentHashMap.newKeySet();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Primitive> answers = asked -> Status.of(StatusCode.SUCCESSFUL);
    private volatile Function<Delivered, Primitive> takes = delivered -> Status.of(StatusCode.SUCCESSFUL);

    /** @param serviceId ours, such as {@code wv:@home.example.com} */
    public RecordingAccessPoint(String serviceId) {
        this.serviceId = new ServiceId(serviceId);
    }

    /** What other domains answer from now on. */
    public RecordingAccessPoint answering(Function<Asked, Primitive> answer) {
        answers = answer;
        return this;
    }

    /** What users' clients, and the home domains of others, answer to a delivery from now on. */
    public RecordingAccessPoint taking(Function<Delivered, Primitive> answer) {
        takes = answer;
        return this;
    }

    public RecordingAccessPoint offline(UserId... users) {
        offline.addAll(List.of(users));
        return this;
    }

    public RecordingAccessPoint online(UserId... users) {
        List.of(users).forEach(offline::remove);
        return this;
    }

    /** We are the PSE of that user of another domain. */
    public RecordingAccessPoint complementaryFor(UserId user) {
        complementary.add(user);
        return this;
    }

    /** The PSE of that user of ours is in another domain, which {@link #ask} for our own domain reaches. */
    public RecordingAccessPoint primaryElsewhere(UserId user) {
        elsewhere.add(user);
        return this;
    }

    /** Everything since the start or the last {@link #forget}, in order. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** The primitives of that kind among {@link #sent}, however they were sent. */
    public <P extends Primitive> List<P> sent(Class<P> kind) {
        return sent.stream()
                .map(Sent::primitive)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    public List<Asked> asked() {
        return sent.stream()
                .filter(Asked.class::isInstance)
                .map(Asked.class::cast)
                .toList();
    }

    public List<Delivered> delivered() {
        return sent.stream()
                .filter(Delivered.class::isInstance)
                .map(Delivered.class::cast)
                .toList();
    }

    public List<Told> told() {
        return sent.stream()
                .filter(Told.class::isInstance)
                .map(Told.class::cast)
                .toList();
    }

    public void forget() {
        sent.clear();
    }

    @Override
    public ServiceId serviceId() {
        return serviceId;
    }

    @Override
    public boolean isHome(String domain) {
        return serviceId.domain().equals(domain.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isPrimary(UserId user, Class<? extends Primitive> request) {
        return (isHome(user.domain()) && !elsewhere.contains(user)) || complementary.contains(user);
    }

    @Override
    public Primitive ask(String domain, Primitive request) {
        requireNoTransaction();
        if (isHome(domain) && elsewhere.isEmpty()) {
            throw new IllegalStateException(domain + " is our own domain");
        }
        Asked asked = new Asked(domain, request);
        sent.add(asked);
        return answers.apply(asked);
    }

    @Override
    public Primitive deliver(UserId user, Primitive primitive) {
        requireNoTransaction();
        Delivered delivered = new Delivered(user, primitive);
        sent.add(delivered);
        return isHome(user.domain()) && !isOnline(user)
                ? Status.of(StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN)
                : takes.apply(delivered);
    }

    @Override
    public void tell(Collection<UserId> users, Function<List<UserId>, Primitive> primitive) {
        requireNoTransaction();
        Map<String, List<UserId>> perDomain = new LinkedHashMap<>();
        for (UserId user : users) {
            String place = isHome(user.domain()) ? user.value() : "@" + user.domain();
            perDomain
                    .computeIfAbsent(place, any -> new CopyOnWriteArrayList<>())
                    .add(user);
        }
        perDomain.values().forEach(some -> sent.add(new Told(List.copyOf(some), primitive.apply(List.copyOf(some)))));
    }

    @Override
    public boolean isOnline(UserId user) {
        return isHome(user.domain()) && !offline.contains(user);
    }

    @Override
    public void afterwards(Runnable work) {
        requireNoTransaction();
        work.run();
    }

    private static void requireNoTransaction() {
        if (Database.isInTransaction()) {
            throw new IllegalStateException("the access point was called within a database transaction");
        }
    }
}
