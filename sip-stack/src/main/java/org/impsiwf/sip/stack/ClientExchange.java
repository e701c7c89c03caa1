package org.impsiwf.sip.stack;

import java.util.concurrent.CompletableFuture;
import java.util.function.ObjIntConsumer;
import javax.sip.ClientTransaction;

/** One request of ours on its way: the client transaction and what comes back. Any thread. */
final class ClientExchange {

    private final ClientTransaction transaction;
    private final ObjIntConsumer<String> onProvisional;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** Completes with the first response of any kind, or the outcome when there is none. */
    private final CompletableFuture<Void> sign = new CompletableFuture<>();

    private volatile boolean provisional;

    /** @param onProvisional told each provisional status, and the To tag that came with it */
    ClientExchange(ClientTransaction transaction, ObjIntConsumer<String> onProvisional) {
        this.transaction = transaction;
        this.onProvisional = onProvisional;
        outcome.thenRun(() -> sign.complete(null));
    }

    ClientTransaction transaction() {
        return transaction;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    CompletableFuture<Void> signOfLife() {
        return sign;
    }

    boolean hadProvisional() {
        return provisional;
    }

    void provisional(int status, String toTag) {
        provisional = true;
        sign.complete(null);
        onProvisional.accept(toTag, status);
    }

    void done(Outcome result) {
        outcome.complete(result);
    }
}
