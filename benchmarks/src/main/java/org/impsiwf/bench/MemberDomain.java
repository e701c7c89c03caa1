package org.impsiwf.bench;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.store.local.LocalStores;

/** A domain whose users are in a group of ours: an SSP server that joins them and takes what is sent to them. */
final class MemberDomain implements AutoCloseable {

    private final ServiceId self;
    private final LocalStores stores = LocalStores.inHeap();
    private final SspServer server;
    private final CountDownLatch up = new CountDownLatch(1);
    private final CountDownLatch joined;
    private final IntConsumer taken;
    private volatile String failure = "";

    /** @param taken is told of each SendMessage transaction: how many recipients it has */
    MemberDomain(int number, int members, IntConsumer taken) throws IOException {
        self = new ServiceId("wv:@d" + number + ".example.com");
        joined = new CountDownLatch(members);
        this.taken = taken;
        server = new SspServer(
                SspSettings.of(self, List.of(Listen.plain("127.0.0.1:0")), List.of()),
                stores,
                InstantSource.system(),
                this::happened,
                SspCounters.NONE,
                SspTrace.NONE);
        server.start();
    }

    PeerSettings asPeer() {
        return peer(self, server.addresses().getFirst().getPort(), false);
    }

    void connect(ServiceId home, int port) {
        server.addPeer(peer(home, port, true));
    }

    private static PeerSettings peer(ServiceId id, int port, boolean connect) {
        return PeerSettings.of(
                id,
                Optional.of(URI.create("http://127.0.0.1:" + port + "/")),
                "",
                "",
                DigestScheme.SHA,
                Dialect.OMA_1_3,
                connect);
    }

    CountDownLatch up() {
        return up;
    }

    CountDownLatch joined() {
        return joined;
    }

    /** What went wrong; empty when nothing did. */
    String failure() {
        return failure;
    }

    void join(ServiceId home, GroupId group, int members) {
        for (int i = 0; i < members; i++) {
            UserId member = new UserId("wv:member" + i + "@" + self.domain());
            server.execute(new SspCommand.SendRequest(
                    new SspRequestId("join-" + i),
                    home,
                    new JoinGroupRequest(
                            MetaInformation.ofUser(self, member),
                            group,
                            false,
                            Optional.empty(),
                            false,
                            Optional.empty(),
                            Optional.empty())));
        }
    }

    private void happened(SspEvent event) {
        switch (event) {
            case SspEvent.PeerUp opened -> up.countDown();
            case SspEvent.PeerDown closed -> failure = closed.cause();
            case SspEvent.RequestFailed failed -> failure = failed.toString();
            case SspEvent.ResponseReceived answer -> {
                if (!(answer.response() instanceof JoinGroupResponse)) {
                    failure = "JoinGroup answered by " + answer.response();
                }
                joined.countDown();
            }
            case SspEvent.RequestReceived request -> take(request);
        }
    }

    private void take(SspEvent.RequestReceived received) {
        if (received.request() instanceof SendMessageRequest message) {
            server.execute(new SspCommand.Answer(
                    received.transaction(),
                    new SendMessageResponse(
                            Status.of(200), message.messageInfo().messageId())));
            taken.accept(message.messageInfo().recipients().size());
        } else {
            server.execute(new SspCommand.Answer(received.transaction(), Status.of(200)));
        }
    }

    @Override
    public void close() {
        server.close();
        stores.close();
    }
}
