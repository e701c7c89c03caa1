package org.impsiwf.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.impsiwf.gateway.IwfProcess;
import org.impsiwf.testkit.user.Talk;

/** A process of {@code ./iwf run} that is one node of a cluster. */
final class GatewayProcess implements AutoCloseable {

    static final Duration PATIENCE = IwfProcess.PATIENCE;

    private final IwfProcess process;
    private final InetSocketAddress sip;
    private final URI ssp;

    /**
     * @param runner what the command is given to; may be empty
     * @param sip where the configuration's SIP listeners are
     * @param ssp where it takes SSP messages
     */
    GatewayProcess(List<String> runner, Path configuration, InetSocketAddress sip, URI ssp) {
        process = new IwfProcess(runner, "run", configuration);
        this.sip = sip;
        this.ssp = ssp;
    }

    /** Starts it, or starts it again; does not wait. */
    GatewayProcess starts() {
        process.starts();
        return this;
    }

    /** Waits until it listens. */
    GatewayProcess listens() {
        process.listens();
        return this;
    }

    InetSocketAddress sip() {
        return sip;
    }

    /** Where it takes SSP messages. */
    URI ssp() {
        return ssp;
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** SIGTERM; does not wait. */
    void isAskedToEnd() {
        process.isAskedToEnd();
    }

    /** Gives its exit code. */
    int ended() {
        return process.ended();
    }

    /** SIGSTOP: it stands still, and its sockets take what comes. */
    void freezes() {
        process.freezes();
    }

    /** SIGCONT. */
    void wakes() {
        process.wakes();
    }

    /** Whether the other end of that dialog is this node. */
    boolean serves(Talk talk) {
        return talk.call().newRequest("OPTIONS").requestUri().contains(sip.getHostString() + ":" + sip.getPort());
    }

    boolean isReady() {
        return get("/health/ready").statusCode() == 200;
    }

    /** How many nodes it sees and hears of, itself included. */
    long sees() {
        return StreamSupport.stream(json("/api/cluster").path("nodes").spliterator(), false)
                .filter(node -> node.path("answers").asBoolean())
                .count();
    }

    /** Whether it speaks with the SSP peer, for all nodes. */
    boolean holdsThePeer() {
        return StreamSupport.stream(json("/api/peers").path("peers").spliterator(), false)
                .map(peer -> peer.path("holder").asText())
                .anyMatch(json("/api/cluster").path("self").asText()::equals);
    }

    private JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(get(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page of its admin server. */
    HttpResponse<String> get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(process.admin().resolve(path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
