package org.impsiwf.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.cpim.MalformedCpim;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.transport.MsrpEndpoint;
import org.impsiwf.msrp.transport.MsrpSettings;
import org.impsiwf.msrp.transport.MsrpWatcher;

/** Our endpoint with what the gateway does to a message at the least: unwrap it, and say that it was taken. */
final class MsrpReceiver implements AutoCloseable {

    private final Map<MsrpSessionId, String> paths = new ConcurrentHashMap<>();
    private final MsrpEndpoint endpoint;
    private volatile CountDownLatch prepared = new CountDownLatch(0);
    private volatile Optional<MsrpEndpoint> answering = Optional.empty();
    private int made;

    MsrpReceiver() throws IOException {
        endpoint = MsrpEndpoint.start(MsrpSettings.listeningOn("127.0.0.1", 0), this::take, MsrpWatcher.NONE);
        answering = Optional.of(endpoint);
    }

    /** That many new sessions, each waiting for its connection. */
    List<MsrpLoad.Target> sessions(int howMany) throws InterruptedException {
        prepared = new CountDownLatch(howMany);
        List<MsrpSessionId> ids = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            MsrpSessionId id = new MsrpSessionId("bench" + made++);
            ids.add(id);
            endpoint.execute(new MsrpCommand.PrepareSession(id, false));
        }
        if (!prepared.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("sessions were not prepared");
        }
        List<MsrpLoad.Target> targets = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            String far = MsrpLoad.path("load" + i);
            endpoint.execute(new MsrpCommand.ConnectSession(
                    ids.get(i),
                    false,
                    List.of(far),
                    Optional.empty(),
                    List.of("*"),
                    OptionalLong.empty(),
                    Optional.empty()));
            targets.add(new MsrpLoad.Target(
                    endpoint.advertised().getFirst().port(), paths.get(ids.get(i)), far, "alice@ims.example.com"));
        }
        return targets;
    }

    private void take(MsrpEvent event) {
        switch (event) {
            case MsrpEvent.SessionPrepared(var id, var local) -> {
                paths.put(id, local.path());
                prepared.countDown();
            }
            case MsrpEvent.MessageReceived message ->
                answering
                        .orElseThrow()
                        .execute(new MsrpCommand.AnswerMessage(
                                message.session(), message.exchange(), unwraps(message) ? 200 : 400, Optional.empty()));
            default -> {
                // The load is over when every frame was answered; nothing else matters to it.
            }
        }
    }

    private static boolean unwraps(MsrpEvent.MessageReceived message) {
        try {
            return !CpimMessage.parse(message.content().bytes()).contentType().isEmpty();
        } catch (MalformedCpim malformed) {
            return false;
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
