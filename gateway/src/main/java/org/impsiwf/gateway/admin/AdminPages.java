package org.impsiwf.gateway.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.impsiwf.gateway.trace.TraceEntry;

/** Path to page. Pure: no HTTP in here. */
final class AdminPages {

    /** More than a person reads; the count says how many there are. */
    private static final int MOST_LISTED = 500;

    private static final String TRACE = "/api/trace/";

    /** A page: its status, and either JSON or plain text. */
    sealed interface Page {
        record Json(int status, Object content) implements Page {}

        record Text(String content) implements Page {}
    }

    private final AdminViews views;

    AdminPages(AdminViews views) {
        this.views = views;
    }

    /** @param rawPath as in the request, escapes included, without a query */
    Page get(String rawPath) {
        return switch (rawPath) {
            case "/health/live" -> new Page.Json(200, Map.of("status", "live"));
            case "/health/ready" -> ready();
            case "/metrics" -> new Page.Text(views.metrics().get());
            case "/api/peers" ->
                new Page.Json(200, Map.of("peers", views.peers().peers()));
            case "/api/sessions" -> sessions();
            case "/api/cluster" -> views.cluster().map(AdminPages::cluster).orElseGet(() -> missing("no such page"));
            case "/api/trace" ->
                new Page.Json(200, Map.of("conversations", views.traces().conversations(MOST_LISTED)));
            default ->
                rawPath.startsWith(TRACE)
                        ? trace(rawPath.substring(TRACE.length()))
                        : further(pages -> pages.get(rawPath)).orElseGet(() -> missing("no such page"));
        };
    }

    /** What is done on an operator's word; empty for what is only looked at. */
    Optional<Page> post(String rawPath, byte[] body) {
        return rawPath.equals("/api/reload")
                ? views.reload().map(AdminPages::reloaded)
                : further(pages -> pages.post(rawPath, body));
    }

    private Optional<Page> further(Function<FurtherPages, Optional<FurtherPages.Page>> question) {
        return views.further().flatMap(question).map(page -> new Page.Json(page.status(), page.content()));
    }

    private static Page reloaded(Reload reload) {
        return switch (reload.reload()) {
            case Reload.Outcome.Done(var changes, var restart) ->
                new Page.Json(200, fields("changes", changes, "needs-restart", restart));
            case Reload.Outcome.Refused(var problems) ->
                new Page.Json(422, fields("error", String.join("\n", problems), "problems", problems));
        };
    }

    private Page ready() {
        Phase phase = views.phase().get();
        List<Map<String, Object>> peers = views.peers().peers().stream()
                .map(peer -> fields("service-id", peer.serviceId(), "state", peer.state()))
                .toList();
        Map<String, Object> fields = fields("status", phase, "peers", peers);
        // Without it two users still talk: what they say is kept nowhere.
        views.storage().ifPresent(storage -> fields.put("storage", storage.get()));
        views.cluster().ifPresent(cluster -> fields.put("node", cluster.self()));
        Optional<String> outOfTouch = views.cluster().flatMap(ClusterView::outOfTouch);
        Optional<String> unready = outOfTouch.or(() -> views.cluster().flatMap(ClusterView::unsettled));
        unready.ifPresent(why -> fields.put("cluster", why));
        return new Page.Json(phase == Phase.READY && unready.isEmpty() ? 200 : 503, fields);
    }

    private static Page cluster(ClusterView cluster) {
        Map<String, Object> fields =
                fields("self", cluster.self(), "in-touch", cluster.outOfTouch().isEmpty());
        fields.put("nodes", cluster.nodes());
        return new Page.Json(200, fields);
    }

    private Page sessions() {
        return new Page.Json(
                200,
                fields(
                        "count",
                        views.sessions().count(),
                        "sessions",
                        views.sessions().sessions(MOST_LISTED)));
    }

    private Page trace(String escaped) {
        String conversation;
        try {
            conversation = URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return missing("no such conversation");
        }
        return views.traces()
                .trace(conversation)
                .<Page>map(entries -> new Page.Json(
                        200,
                        fields(
                                "conversation",
                                conversation,
                                "entries",
                                entries.stream().map(AdminPages::entry).toList())))
                .orElseGet(() -> missing("no such conversation, or its trace is forgotten"));
    }

    private static Map<String, Object> entry(TraceEntry entry) {
        Map<String, Object> fields = fields("at", entry.at(), "from", entry.from());
        fields.putAll(fields("to", entry.to(), "text", entry.text()));
        return fields;
    }

    static Page missing(String what) {
        return new Page.Json(404, Map.of("error", what));
    }

    private static Map<String, Object> fields(String firstKey, Object first, String secondKey, Object second) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(firstKey, first);
        fields.put(secondKey, second);
        return fields;
    }
}
