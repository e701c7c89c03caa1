package org.impsiwf.store.hazelcast;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * As much of the Kubernetes API as a node asks for: the EndpointSlices of a namespace (discovery.k8s.io/v1), over TLS, for whoever has
 * the token of the account.
 */
final class KubernetesApi implements AutoCloseable {

    private static final String TOKEN = "token-of-the-pods-account";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final String certificate;
    private final String slices;
    private final String namespace;
    private final String service;
    private final AtomicInteger refused = new AtomicInteger();

    /** @param pods addresses of the pods of that service */
    KubernetesApi(Path directory, String namespace, String service, List<String> pods)
            throws IOException, GeneralSecurityException, InterruptedException {
        this.namespace = namespace;
        this.service = service;
        slices = """
                {"kind": "EndpointSliceList", "apiVersion": "discovery.k8s.io/v1", "items": [ {
                  "metadata": {"name": "%s-x7k2p", "labels": {"kubernetes.io/service-name": "%1$s"},
                    "ownerReferences": [ {"kind": "Service", "name": "%1$s"} ]},
                  "addressType": "IPv4", "ports": [],
                  "endpoints": [ %2$s ] } ] }
                """.formatted(
                        service,
                        pods.stream()
                                .map(pod -> "{\"addresses\": [\"" + pod + "\"], \"conditions\": {\"ready\": true}}")
                                .collect(Collectors.joining(", ")));
        KeyStore keys = keys(directory.resolve("api.p12"));
        certificate = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getCertificate("api").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(serving(keys)));
        server.createContext("/", this::answer);
        server.start();
    }

    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException, InterruptedException {
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=api",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("no key pair for the API");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext serving(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** What a pod has in files of its account, as Hazelcast takes it from the environment, too. */
    List<String> environment() {
        return List.of(
                "HAZELCAST_KUBERNETES_KUBERNETES_MASTER=https://127.0.0.1:"
                        + server.getAddress().getPort(),
                "HAZELCAST_KUBERNETES_API_TOKEN=" + TOKEN,
                "HAZELCAST_KUBERNETES_CA_CERTIFICATE=" + certificate);
    }

    /** How many requests came without the token. */
    int refused() {
        return refused.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                refused.incrementAndGet();
                send(exchange, 401, "{\"reason\":\"Unauthorized\"}");
            } else if (isForUs(exchange)) {
                send(exchange, 200, slices);
            } else {
                send(exchange, 404, "{\"reason\":\"NotFound\"}");
            }
        }
    }

    private boolean isForUs(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return exchange.getRequestURI()
                        .getPath()
                        .equals("/apis/discovery.k8s.io/v1/namespaces/" + namespace + "/endpointslices")
                && (query == null || query.equals("labelSelector=kubernetes.io/service-name=" + service));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
