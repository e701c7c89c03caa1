package org.impsiwf.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the admin pages. Each request runs on a virtual thread. */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    static {
        // The JDK's server takes its limits from system properties: seconds for a request and a response, connections.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        System.setProperty("jdk.httpserver.maxConnections", "200");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int MOST_READ = 1 << 20;

    private final HttpServer server;
    private final ExecutorService threads;
    private final AdminPages pages;

    private AdminServer(HttpServer server, AdminViews views) {
        this.server = server;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.pages = new AdminPages(views);
    }

    /** @throws IOException whose message names the address, when it cannot be listened on */
    public static AdminServer start(InetSocketAddress address, AdminViews views) throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(address, 50);
        } catch (BindException taken) {
            throw new IOException(
                    "admin cannot listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + taken.getMessage(),
                    taken);
        }
        var admin = new AdminServer(http, views);
        http.setExecutor(admin.threads);
        http.createContext("/", admin::serve);
        http.start();
        return admin;
    }

    /** Where it listens, with the real port when 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, page(exchange));
        }
    }

    private AdminPages.Page page(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        try {
            return switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> pages.get(path);
                case "POST" -> pages.post(path, body(exchange)).orElseGet(() -> notAllowed(exchange));
                default -> notAllowed(exchange);
            };
        } catch (IOException unread) {
            LOG.debug("the body for admin page {} did not come", path, unread);
            return new AdminPages.Page.Json(400, Map.of("error", "the request's body did not come"));
        } catch (RuntimeException ours) {
            LOG.error("admin page {} failed", path, ours);
            return new AdminPages.Page.Json(500, Map.of("error", "internal error, see the log"));
        }
    }

    /** More than a person writes is cut off, and so is no longer valid JSON. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        return exchange.getRequestBody().readNBytes(MOST_READ);
    }

    private static AdminPages.Page notAllowed(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        return new AdminPages.Page.Json(405, Map.of("error", "only GET and HEAD are answered"));
    }

    private static void send(HttpExchange exchange, AdminPages.Page page) throws IOException {
        switch (page) {
            case AdminPages.Page.Json(int status, Object content) ->
                send(exchange, status, "application/json", AdminJson.write(content));
            case AdminPages.Page.Text(String content) ->
                send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", content.getBytes(UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
