package org.impsiwf.bench;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.MalformedMessageException;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.store.Stores;
import org.impsiwf.store.local.LocalStores;

/** Two SSP servers of ours with one session pair between them; one sends SendMessageRequests, the other answers each. */
final class SspPair implements AutoCloseable {

    private static final ServiceId SENDER = new ServiceId("wv:@imps.example.com");
    private static final ServiceId TAKER = new ServiceId("wv:@iwf.example.com");

    private final Stores senderStores = LocalStores.inHeap();
    private final Stores takerStores = LocalStores.inHeap();
    private final SspServer sender;
    private final SspServer taker;
    private final CountDownLatch up = new CountDownLatch(2);
    private final Primitive request;
    private final Primitive response;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile CountDownLatch done = new CountDownLatch(0);
    private volatile String failure = "";

    SspPair() throws IOException, InterruptedException, MalformedMessageException, DecodeException {
        request = SspSamples.primitive(SspSamples.SEND_MESSAGE);
        response = SspSamples.primitive(SspSamples.SEND_MESSAGE_RESPONSE);
        taker = server(TAKER, List.of(), takerStores, this::answer);
        taker.start();
        sender = server(SENDER, List.of(), senderStores, this::onAnswer);
        sender.start();
        taker.addPeer(peer(SENDER, sender, false));
        sender.addPeer(peer(TAKER, taker, true));
        if (!up.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the session pair did not open");
        }
    }

    /** Transactions concluded per second with that many open at any time. */
    double perSecond(int inFlight, int transactions) throws InterruptedException {
        done = new CountDownLatch(transactions);
        left.set(transactions - inFlight);
        long start = System.nanoTime();
        for (int i = 0; i < inFlight; i++) {
            send();
        }
        if (!done.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(done.getCount() + " SSP transactions stalled");
        }
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        return transactions / ((System.nanoTime() - start) / 1e9);
    }

    private void send() {
        sender.execute(new SspCommand.SendRequest(new SspRequestId("b" + ids.incrementAndGet()), TAKER, request));
    }

    private void onAnswer(SspEvent event) {
        switch (event) {
            case SspEvent.ResponseReceived(var peer, var id, Primitive answer) -> {
                if (!(answer instanceof ImPrimitive.SendMessageResponse)) {
                    failure = "answered by " + answer;
                }
                concluded();
            }
            case SspEvent.RequestFailed failed -> {
                failure = failed.toString();
                concluded();
            }
            case SspEvent.PeerUp opened -> up.countDown();
            case SspEvent.PeerDown closed -> failure = closed.cause();
            case SspEvent.RequestReceived unexpected -> failure = unexpected.toString();
        }
    }

    private void concluded() {
        done.countDown();
        if (left.getAndDecrement() > 0) {
            send();
        }
    }

    private void answer(SspEvent event) {
        if (event instanceof SspEvent.RequestReceived received) {
            taker.execute(new SspCommand.Answer(received.transaction(), response));
        } else if (event instanceof SspEvent.PeerUp) {
            up.countDown();
        }
    }

    private static SspServer server(ServiceId self, List<PeerSettings> peers, Stores stores, SspSide.Listener listener)
            throws IOException {
        return new SspServer(
                SspSettings.of(self, List.of(Listen.plain("127.0.0.1:0")), peers),
                stores,
                InstantSource.system(),
                listener,
                SspCounters.NONE,
                SspTrace.NONE);
    }

    private static PeerSettings peer(ServiceId id, SspServer at, boolean connect) {
        return PeerSettings.of(
                id,
                Optional.of(URI.create(
                        "http://127.0.0.1:" + at.addresses().getFirst().getPort() + "/")),
                "",
                "",
                DigestScheme.SHA,
                Dialect.OMA_1_3,
                connect);
    }

    @Override
    public void close() {
        sender.close();
        taker.close();
        senderStores.close();
        takerStores.close();
    }
}
