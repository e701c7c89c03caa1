package org.impsiwf.ssp.server;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.store.Store;
import org.impsiwf.store.Versioned;

/**
 * D-10: an InviteResponse runs under the id of its InviteRequest, an InviteUserResponse under that of its InviteUserRequest,
 * which may have come to another node; some peers want that of delivery reports, too. The eldest are forgotten.
 * Confined to the peer's event loop.
 */
final class Originals {

    private static final int MOST = 10_000;
    /** Longer than an invitation waits for its answer, or a message for its report, in any case worth waiting for. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Store<OriginalTransaction> store;
    private final StoreCalls calls;
    private final String domain;
    private final boolean reports;
    private final Map<String, TransactionId> known = new LinkedHashMap<>();

    Originals(Store<OriginalTransaction> store, StoreCalls calls, String domain, Dialect.InSession dialect) {
        this.store = store;
        this.calls = calls;
        this.domain = domain;
        reports = dialect.reportMode() == Dialect.ReportMode.RESPONSE_UNDER_ORIGINAL_ID;
    }

    /** A request of the peer that a later message may refer to; others cost nothing. */
    void remember(TransactionId id, Primitive request) {
        boolean awaited = request instanceof InvitationPrimitive.InviteRequest
                || request instanceof InvitationPrimitive.InviteUserRequest
                || (reports
                        && request instanceof ImPrimitive.SendMessageRequest message
                        && message.deliveryReportRequest());
        if (awaited) {
            PrimitiveFacts.subject(request).ifPresent(subject -> remember(name(subject), id));
        }
    }

    private void remember(String name, TransactionId id) {
        if (known.put(name, id) == null) {
            calls.<Long>call(
                    store,
                    () -> {
                        var saved = store.save(name, Store.ABSENT, new OriginalTransaction(id), KEPT);
                        return saved.isPresent() ? Optional.of(saved.getAsLong()) : Optional.empty();
                    },
                    saved -> {});
        }
        if (known.size() > MOST) {
            Iterator<String> eldest = known.keySet().iterator();
            String gone = eldest.next();
            eldest.remove();
            calls.call(store, () -> store.load(gone).filter(kept -> store.remove(gone, kept.version())), removed -> {});
        }
    }

    /** The transaction that this later message belongs to; told at once where it is known here. */
    void find(Primitive laterMessage, Consumer<Optional<TransactionId>> then) {
        boolean refers = laterMessage instanceof InvitationPrimitive.InviteResponse
                || laterMessage instanceof InvitationPrimitive.InviteUserResponse
                || (reports && PrimitiveFacts.of(laterMessage).notice());
        Optional<String> name =
                PrimitiveFacts.subject(laterMessage).filter(subject -> refers).map(this::name);
        Optional<TransactionId> here = name.map(known::get);
        if (name.isEmpty() || here.isPresent()) {
            then.accept(here);
            return;
        }
        calls.call(store, () -> store.load(name.get()).map(Versioned::value).map(OriginalTransaction::id), then);
    }

    private String name(String subject) {
        return domain + ' ' + subject;
    }
}
