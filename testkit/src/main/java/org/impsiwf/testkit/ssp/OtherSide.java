package org.impsiwf.testkit.ssp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the server that a {@link RawSspPeer} faces takes messages, and the connections to it. Safe from any thread. */
final class OtherSide implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OtherSide.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Connections that the client may hold and that the other side may have closed. */
    private static final int MOST_KEPT = 3;

    private final String owner;
    private final CompletableFuture<List<URI>> addresses = new CompletableFuture<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param owner who faces it, for what is said of failures */
    OtherSide(String owner) {
        this.owner = owner;
    }

    /** The next address is tried when nobody takes a message at the one before. */
    void isAt(List<URI> urls) {
        addresses.complete(new CopyOnWriteArrayList<>(urls));
    }

    /** Gives the HTTP status, or 0 when the connection was closed without an answer. */
    int post(String body) {
        List<URI> known = known();
        int status = 0;
        for (int i = 0; i < known.size(); i++) {
            URI address = known.getFirst();
            status = post(address, body);
            if ((status != 0 && status != 503) || known.size() == 1) {
                return status;
            }
            known.remove(address); // from now on the last
            known.add(address);
        }
        return status;
    }

    /** A kept connection may turn out closed, as after a session's end; the message has then reached nobody. */
    void postOnLiveConnection(String body) {
        for (int connection = 0; connection <= MOST_KEPT && post(body) == 0; connection++) {
            LOG.debug("once more over another connection");
        }
    }

    /** As {@link #post(String)}, to that one. */
    int post(URI address, String body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/vnd.wv.ssp+xml")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            LOG.debug("post: {}", e.toString());
            return 0;
        } catch (InterruptedException e) {
            // It closes; who expects an answer says that there is none.
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** It may begin with the login before its address is known here. */
    private List<URI> known() {
        try {
            return addresses.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            throw new AssertionError(owner + " was never told whom it faces", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
