package org.impsiwf.ssp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HTTP brings that is no SSP message, over real sockets. */
class HttpEdgeTest {

    private static final HttpLimits TIGHT = new HttpLimits(
            10_000,
            2_000,
            3,
            Duration.ofMillis(500),
            Duration.ofMillis(400),
            Duration.ofMillis(500),
            Duration.ofMillis(1500));

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private HttpListener port;
    private volatile CompletableFuture<Receipt> receipt = CompletableFuture.completedFuture(Receipt.TAKEN);

    @BeforeEach
    void listen() throws IOException {
        port = new HttpListener(
                loops,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                TIGHT,
                (from, body) -> {
                    messages.add(new String(body, StandardCharsets.UTF_8));
                    return receipt;
                },
                new TransportCounters() {
                    @Override
                    public void postRefused(int status) {
                        refused.incrementAndGet();
                    }
                });
    }

    @AfterEach
    void close() {
        port.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(port.address().getAddress(), port.address().getPort());
        socket.setSoTimeout(5000);
        return socket;
    }

    /** Everything that comes until the other side closes or says no more. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            answer.append((char) b);
            if (answer.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return answer.toString();
    }

    private String send(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return answer(socket);
        }
    }

    private static String post(String headers, String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
    }

    private static final String TYPE = "Content-Type: application/vnd.wv.ssp+xml\r\n";

    @ParameterizedTest
    @CsvSource({
        "application/vnd.wv.ssp+xml",
        "application/vnd.wv.ssp+xml; charset=utf-8",
        "APPLICATION/VND.WV.SSP+XML;charset=UTF-8"
    })
    void takesTheMediaTypeWithParametersAndInAnyCase(String type) throws IOException {
        assertThat(send(post("Content-Type: " + type + "\r\nContent-Length: 2\r\n", "hi")))
                .startsWith("HTTP/1.1 200")
                .contains("content-length: 0");
        assertThat(messages).containsExactly("hi");
    }

    @ParameterizedTest
    @CsvSource({
        "405, GET / HTTP/1.1, application/vnd.wv.ssp+xml, 0",
        "405, PUT / HTTP/1.1, application/vnd.wv.ssp+xml, 0",
        "415, POST / HTTP/1.1, text/xml, 0",
        "415, POST / HTTP/1.1, application/vnd.wv.ssp+xmlx, 0",
        "413, POST / HTTP/1.1, application/vnd.wv.ssp+xml, 1073741824",
        "413, POST / HTTP/1.1, application/vnd.wv.ssp+xml, 10001",
        "400, POST/HTTP/1.1, application/vnd.wv.ssp+xml, 0",
    })
    void refusesAtTheHeaderWithoutReadingABody(int status, String line, String type, long length) throws IOException {
        String answer =
                send(line + "\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).containsIgnoringCase("connection: close");
        assertThat(messages).isEmpty();
        assertThat(refused).hasValue(1);
    }

    @Test
    void refusesABodyThatGrowsTooLargeInChunks_413() throws IOException {
        String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
        assertThat(send(post(TYPE + "Transfer-Encoding: chunked\r\n", chunk + chunk)))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void takesAChunkedBody() throws IOException {
        assertThat(send(post(TYPE + "Transfer-Encoding: chunked\r\n", "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")))
                .startsWith("HTTP/1.1 200");
        assertThat(messages).containsExactly("abcde");
    }

    @Test
    void refusesHeadersThatAreTooLarge_431() throws IOException {
        assertThat(send(post(TYPE + "X: " + "x".repeat(3000) + "\r\n", ""))).startsWith("HTTP/1.1 431");
    }

    @Test
    void asksForABodyThatWaitsFor100Continue() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(post(TYPE + "Content-Length: 2\r\nExpect: 100-continue\r\n", "")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(answer(socket)).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write("ok".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void keepsAConnectionForManyPostsAlsoWhenTheyComeInOneSegment() throws IOException {
        String two = post(TYPE + "Content-Length: 1\r\n", "1") + post(TYPE + "Content-Length: 1\r\n", "2");
        try (Socket socket = connect()) {
            socket.getOutputStream().write(two.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(messages).containsExactly("1", "2");
    }

    @Test
    void takesAPostThatComesByteByByte() throws IOException {
        try (Socket socket = connect()) {
            socket.setTcpNoDelay(true);
            for (byte b : post(TYPE + "Content-Length: 2\r\n", "hi").getBytes(StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(b);
            }
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource({"MALFORMED, 400", "UNKNOWN_SESSION, 404", "UNAVAILABLE, 503"})
    void acknowledgesAsTheReceiverSays(Receipt says, int status) throws IOException {
        receipt = CompletableFuture.completedFuture(says);
        assertThat(send(post(TYPE + "Content-Length: 2\r\n", "hi"))).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void readsOnOnlyWhenTheMessageBeforeIsAcknowledged() throws IOException {
        CompletableFuture<Receipt> first = new CompletableFuture<>();
        receipt = first;
        try (Socket socket = connect()) {
            String two = post(TYPE + "Content-Length: 2\r\n", "hi") + post(TYPE + "Content-Length: 5\r\n", "there");
            socket.getOutputStream().write(two.getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> messages.size() == 1);
            receipt = CompletableFuture.completedFuture(Receipt.TAKEN);
            first.complete(Receipt.UNAVAILABLE);
            assertThat(answer(socket)).startsWith("HTTP/1.1 503");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(messages).containsExactly("hi", "there");
    }

    @Test
    void aConnectionThatClosesBeforeItsMessageIsAcknowledgedCostsNothing() throws Exception {
        CompletableFuture<Receipt> late = new CompletableFuture<>();
        receipt = late;
        try (Socket socket = connect()) {
            String two = post(TYPE + "Content-Length: 2\r\n", "hi") + post(TYPE + "Content-Length: 5\r\n", "there");
            socket.getOutputStream().write(two.getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> messages.size() == 1);
        }
        port.close();
        late.complete(Receipt.TAKEN);
        loops.next().submit(() -> {}).get();
        assertThat(messages).containsExactly("hi");
    }

    @Test
    void hangsUpWithoutAWord() throws IOException {
        receipt = CompletableFuture.completedFuture(Receipt.HANG_UP);
        assertThat(send(post(TYPE + "Content-Length: 2\r\n", "hi"))).isEmpty();
    }

    @Test
    void dropsATlsClientHelloAtItsFirstByte() throws IOException {
        long begun = System.nanoTime();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
            assertThat(answer(socket)).isEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIGHT.request());
    }

    @Test
    void endsAPostThatDripsForTooLong() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("POST / HTTP/1.1\r\nHost".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(answer(socket)).isEmpty();
        }
        assertThat(refused).hasValue(1);
    }

    @Test
    void countsAConnectionThatBreaksOffWithinAPostOnce() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(post(TYPE + "Content-Length: 50\r\n", "half").getBytes(StandardCharsets.ISO_8859_1));
        }
        await().until(() -> port.connections() == 0);
        await().untilAsserted(() -> assertThat(refused).hasValue(1));
        assertThat(messages).isEmpty();
    }

    @Test
    void closesAConnectionThatIsIdleForTooLong() throws IOException {
        try (Socket socket = connect()) {
            assertThat(answer(socket)).isEmpty();
        }
        assertThat(refused).as("nothing wrong").hasValue(0);
    }

    @Test
    void takesNoMoreConnectionsThanAllowedAndAgainWhenSomeHaveGone() throws IOException {
        try (Socket one = connect();
                Socket two = connect();
                Socket three = connect()) {
            await().until(() -> port.connections() == 3);
            try (Socket four = connect()) {
                assertThat(answer(four)).isEmpty();
            }
            assertThat(one.isConnected() && two.isConnected() && three.isConnected())
                    .isTrue();
        }
        await().until(() -> port.connections() == 0);
        assertThat(send(post(TYPE + "Content-Length: 2\r\n", "hi"))).startsWith("HTTP/1.1 200");
    }
}
