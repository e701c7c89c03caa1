package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.transport.HostLocator;
import org.impsiwf.ssp.transport.HttpLimits;
import org.impsiwf.ssp.transport.HttpTransport;
import org.impsiwf.ssp.transport.OutgoingConnection;
import org.impsiwf.ssp.transport.TransportCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves together, and in which order. */
class OutboundQueueTest {

    private static final SessionId OURS = new SessionId("1@a.test");
    private static final SessionId THEIRS = new SessionId("2@b.test");

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final OutboundQueue queue = new OutboundQueue(3, 10_000);
    private OutgoingConnection connection;
    private OutgoingConnection another;

    @BeforeEach
    void open() throws Exception {
        connection = connection();
        another = connection();
    }

    /** To nowhere: only its identity matters. */
    private OutgoingConnection connection() throws Exception {
        var host = new HostLocator.Host(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "localhost", "/", false);
        return new HttpTransport(HttpLimits.DEFAULT, Optional.empty(), TransportCounters.NONE)
                .open(loops.next(), host, new OutgoingConnection.Owner() {
                    @Override
                    public void connected(OutgoingConnection opened) {}

                    @Override
                    public void answered(OutgoingConnection on, int status, Optional<byte[]> message) {}

                    @Override
                    public void closed(OutgoingConnection gone, boolean reused, String cause) {}
                });
    }

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static Outbound request(String id, Primitive primitive) {
        return Outbound.request(
                THEIRS, new SspMessage.Transaction(Mode.REQUEST, new TransactionId(id), primitive), false);
    }

    private static Outbound request(String id) {
        return request(id, new SessionPrimitive.LogoutRequest());
    }

    private static Outbound answer(String id, SessionId session) {
        return Outbound.answer(
                session,
                session,
                new SspMessage.Transaction(Mode.RESPONSE, new TransactionId(id), Status.of(200)),
                false);
    }

    private List<String> next() {
        return ids(queue.nextBatch(m -> m.pinned.isEmpty() || m.pinned.get() == connection));
    }

    private static List<String> ids(List<Outbound> batch) {
        return batch.stream()
                .map(m -> m.transaction.orElseThrow().transactionId().value())
                .toList();
    }

    @Test
    void gathersWhatWaitsUpToTheLimit() {
        List.of("1", "2", "3", "4").forEach(id -> queue.add(request(id)));
        assertThat(next()).containsExactly("1", "2", "3");
        assertThat(next()).containsExactly("4");
        assertThat(next()).isEmpty();
    }

    @Test
    void sendsAnswersBeforeRequests() {
        queue.add(request("r"));
        queue.add(answer("a", OURS));
        assertThat(next()).containsExactly("a");
        assertThat(next()).containsExactly("r");
    }

    @Test
    void putsOneSessionInOneMessage() {
        queue.add(answer("1", OURS));
        queue.add(answer("2", THEIRS));
        assertThat(next()).containsExactly("1");
        assertThat(next()).containsExactly("2");
    }

    @Test
    void letsALargeMessageTravelAlone() {
        var content = (ImPrimitive.SendMessageRequest)
                TestDomain.message(new ServiceId("wv:@a.test"), "wv:a@a.test", "wv:b@b.test", "m");
        Primitive huge = new ImPrimitive.SendMessageRequest(
                content.metaInformation(),
                true,
                content.messageInfo(),
                Optional.of(Content.of("text/plain", new byte[20_000])));
        queue.add(request("small"));
        queue.add(request("huge", huge));
        queue.add(request("after"));
        assertThat(next()).containsExactly("small");
        assertThat(next()).containsExactly("huge");
        assertThat(next()).containsExactly("after");
    }

    @Test
    void isolatesWhatOnceSpoiltAMessage() {
        Outbound spoilt = request("spoilt");
        spoilt.failures = 1;
        queue.add(request("before"));
        queue.add(spoilt);
        queue.add(request("after"));
        assertThat(next()).containsExactly("before");
        assertThat(next()).containsExactly("spoilt");
        assertThat(next()).containsExactly("after");
    }

    @Test
    void keepsWhatIsBoundToAnotherConnectionForThatOne() {
        Outbound bound = request("bound");
        bound.pinned = Optional.of(another);
        queue.add(bound);
        queue.add(request("free"));
        assertThat(next()).containsExactly("free");
        assertThat(ids(queue.nextBatch(m -> m.pinned.isEmpty() || m.pinned.get() == another)))
                .containsExactly("bound");
    }
}
