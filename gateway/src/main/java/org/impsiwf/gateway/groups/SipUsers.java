package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.impsiwf.ssp.domain.Responses;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.event.SspEvent.RequestReceived;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local users of our Group Service Element: the SIP users, behind the mapping. Who of them exists is for the SIP side
 * to say, so every address in their domains counts as registered. Thread-safe.
 */
final class SipUsers implements Users {

    private static final Logger LOG = LoggerFactory.getLogger(SipUsers.class);

    private final ServiceId self;
    private final Set<String> domains;
    private final Duration patience;
    private final HostingNodes nodes;
    private final Consumer<RequestReceived> mapping;
    private final Map<String, CompletableFuture<Primitive>> waiting = new ConcurrentHashMap<>();

    SipUsers(GroupHome.Settings settings, HostingNodes nodes, Consumer<RequestReceived> mapping) {
        this.nodes = nodes;
        this.self = settings.self();
        this.domains = settings.sipDomains();
        this.patience = settings.answerWait();
        this.mapping = mapping;
    }

    @Override
    public boolean isRegistered(UserId user) {
        return domains.contains(user.domain());
    }

    /** One transaction, for all of these users that the primitive names. Waits for the answer, for a bounded time. */
    Primitive deliver(Primitive primitive) {
        TransactionRef transaction = newTransaction();
        if (Responses.isOneWay(primitive)) {
            mapping.accept(new RequestReceived(self, transaction, primitive));
            return Status.of(StatusCode.SUCCESSFUL);
        }
        CompletableFuture<Primitive> answer = begin(transaction, primitive);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            LOG.warn("no answer to a {} in {} s", primitive.getClass().getSimpleName(), patience.toSeconds());
            return Status.of(StatusCode.INVALID_TIMEOUT);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Status.of(StatusCode.SERVICE_UNAVAILABLE);
        } finally {
            waiting.remove(transaction.transactionId());
        }
    }

    /** As {@link #deliver}, but waits for nothing. */
    CompletableFuture<Primitive> begin(Primitive primitive) {
        TransactionRef transaction = newTransaction();
        CompletableFuture<Primitive> answer = begin(transaction, primitive);
        if (!answer.isDone()) {
            answer.completeOnTimeout(Status.of(StatusCode.INVALID_TIMEOUT), patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        return answer.whenComplete((any, failure) -> waiting.remove(transaction.transactionId()));
    }

    private CompletableFuture<Primitive> begin(TransactionRef transaction, Primitive primitive) {
        CompletableFuture<Primitive> answer = new CompletableFuture<>();
        waiting.put(transaction.transactionId(), answer);
        mapping.accept(new RequestReceived(self, transaction, primitive));
        return answer;
    }

    private TransactionRef newTransaction() {
        return new TransactionRef(self, nodes.marked(UUID.randomUUID().toString()));
    }

    /** A transaction that nobody waits for any more is no mistake: its time was over. */
    void answered(TransactionRef transaction, Primitive response) {
        CompletableFuture<Primitive> answer = waiting.get(transaction.transactionId());
        if (answer != null) {
            answer.complete(response);
        }
    }
}
