package org.impsiwf.msrp.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;

/** An endpoint on loopback with its events and counts. */
final class Node implements AutoCloseable {
    final Events events = new Events();
    final Map<MsrpCount, AtomicInteger> counts = new EnumMap<>(MsrpCount.class);
    final MsrpEndpoint endpoint;

    Node(MsrpSettings settings, Optional<MsrpTime> time) {
        Arrays.stream(MsrpCount.values()).forEach(count -> counts.put(count, new AtomicInteger()));
        MsrpWatcher watcher = new MsrpWatcher() {
            @Override
            public void count(MsrpCount what) {
                counts.get(what).incrementAndGet();
            }
        };
        try {
            endpoint = time.isPresent()
                    ? MsrpEndpoint.start(settings, events, watcher, time.get())
                    : MsrpEndpoint.start(settings, events, watcher);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    static Node onLoopback() {
        return new Node(MsrpSettings.listeningOn("127.0.0.1", 0), Optional.empty());
    }

    static Node onLoopback(MsrpTime time) {
        return new Node(MsrpSettings.listeningOn("127.0.0.1", 0), Optional.of(time));
    }

    int count(MsrpCount what) {
        return counts.get(what).get();
    }

    void execute(MsrpCommand command) {
        endpoint.execute(command);
    }

    LocalEndpoint prepare(String session, boolean secure) {
        execute(new MsrpCommand.PrepareSession(new MsrpSessionId(session), secure));
        return events.await(
                        MsrpEvent.SessionPrepared.class,
                        e -> e.session().value().equals(session))
                .local();
    }

    LocalEndpoint prepare(String session, List<String> types, List<String> wrapped) {
        execute(new MsrpCommand.PrepareSession(new MsrpSessionId(session), false, types, wrapped));
        return events.await(
                        MsrpEvent.SessionPrepared.class,
                        e -> e.session().value().equals(session))
                .local();
    }

    void connect(String session, boolean active, LocalEndpoint to) {
        connect(session, active, to.path(), to.fingerprint());
    }

    void connect(String session, boolean active, String path, Optional<String> fingerprint) {
        execute(new MsrpCommand.ConnectSession(
                new MsrpSessionId(session),
                active,
                List.of(path.split(" ")),
                Optional.empty(),
                List.of("*"),
                OptionalLong.empty(),
                fingerprint));
    }

    void send(String session, String messageId, byte[] bytes) {
        send(session, messageId, bytes, SuccessReport.NO, FailureReport.YES);
    }

    void send(String session, String messageId, byte[] bytes, SuccessReport success, FailureReport failure) {
        execute(new MsrpCommand.SendMessage(
                new MsrpSessionId(session), messageId, new MsrpContent("text/plain", bytes), success, failure));
    }

    void answer(MsrpEvent.MessageReceived message, int status) {
        execute(new MsrpCommand.AnswerMessage(message.session(), message.exchange(), status, Optional.empty()));
    }

    void closeSession(String session) {
        execute(new MsrpCommand.CloseSession(new MsrpSessionId(session)));
    }

    void awaitConnected(String session) {
        events.await(MsrpEvent.SessionConnected.class, e -> e.session().value().equals(session));
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
