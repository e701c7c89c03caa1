package org.impsiwf.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.config.ListenAddress;
import picocli.CommandLine.Option;

/** The options of the commands that ask a running gateway, and the asking. */
final class AdminQuestion {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The gateway's configuration, for its admin address; without it 127.0.0.1:9090.")
    private Path config;

    @Option(names = "--admin", paramLabel = "ADDRESS:PORT", description = "The gateway's admin address.")
    private String admin;

    @Option(names = "--json", description = "Prints the answer as it came.")
    private boolean json;

    boolean wantsJson() {
        return json;
    }

    /**
     * Asks for a page.
     *
     * @throws IOException saying in one line why there is no answer
     */
    JsonNode ask(String path) throws IOException, InterruptedException, ConfigException {
        return answer(path, HttpRequest.newBuilder());
    }

    /** As {@link #ask}, for what is to be done. */
    JsonNode order(String path) throws IOException, InterruptedException, ConfigException {
        return answer(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
    }

    private JsonNode answer(String path, HttpRequest.Builder request)
            throws IOException, InterruptedException, ConfigException {
        String address = address();
        HttpResponse<String> response = fetch(address, path, request);
        JsonNode answer = read(address, response.body());
        if (response.statusCode() != 200) {
            throw new IOException(answer.path("error").asText("admin answers " + response.statusCode()));
        }
        return answer;
    }

    private String address() throws ConfigException {
        if (admin != null) {
            return admin;
        }
        ListenAddress listen = (config == null ? Config.gatewayDefaults() : Config.gateway(config))
                .admin()
                .listen();
        boolean everyAddress = listen.host().equals("0.0.0.0");
        return everyAddress ? "127.0.0.1:" + listen.port() : listen.toString();
    }

    private static HttpResponse<String> fetch(String address, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            URI uri = URI.create("http://" + address + path);
            return client.send(request.uri(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IllegalArgumentException malformed) {
            throw new IOException("\"" + address + "\" is no ADDRESS:PORT", malformed);
        } catch (IOException unreachable) {
            throw new IOException(
                    "no gateway answers on " + address + "; is it running? (--admin names another address)",
                    unreachable);
        }
    }

    private static JsonNode read(String address, String body) throws IOException {
        try {
            return new JsonMapper().readTree(body);
        } catch (JsonProcessingException other) {
            throw new IOException("what answers on " + address + " is no gateway", other);
        }
    }
}
