package org.impsiwf.bench;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.MalformedMessageException;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;

/** A domain that writes to users of the gateway, each in turn, and keeps a number of messages unanswered. */
final class DomainLoad {

    private final GatewayUnderTest gateway;
    private final Primitive[] messages;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile String failure = "";

    /** @param users such as {@code alice@ims.example.com} */
    DomainLoad(GatewayUnderTest gateway, List<String> users) throws MalformedMessageException, DecodeException {
        this.gateway = gateway;
        messages = new Primitive[users.size()];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = SspSamples.sendMessageTo(users.get(i));
        }
    }

    /** Messages taken per second; each must be. */
    double perSecond(int inFlight, int howMany) throws InterruptedException {
        sent.set(0);
        CountDownLatch done = new CountDownLatch(howMany);
        gateway.onAnswer(event -> {
            if (!(event instanceof SspEvent.ResponseReceived(var peer, var id, SendMessageResponse response)
                    && response.statusInfo().statusCode() == 200)) {
                failure = event.toString();
            }
            done.countDown();
            sendNext(howMany);
        });
        long start = System.nanoTime();
        for (int i = 0; i < inFlight; i++) {
            sendNext(howMany);
        }
        if (!done.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(done.getCount() + " messages of the domain stalled");
        }
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        return howMany / ((System.nanoTime() - start) / 1e9);
    }

    private void sendNext(int howMany) {
        int next = sent.getAndIncrement();
        if (next < howMany) {
            gateway.write(messages[next % messages.length]);
        }
    }
}
