package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.impsiwf.gateway.IwfProcess;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.UserId;

/** A process of {@code ./iwf domain}, and its users by the pages that it has for testers. */
final class DomainProcess implements AutoCloseable {

    static final Duration PATIENCE = IwfProcess.PATIENCE;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final WireForm wire = new WireForm();
    private final IwfProcess process;

    private DomainProcess(Path configuration) {
        process = new IwfProcess("domain", configuration);
    }

    /** Its admin server tells a test where it listens; ends with what it said when it does not come up. */
    static DomainProcess start(Path configuration) {
        DomainProcess domain = new DomainProcess(configuration);
        try {
            domain.start();
            return domain;
        } catch (AssertionError ended) {
            domain.close();
            throw ended;
        }
    }

    /** Again with the same configuration, after {@link #kill}. */
    void start() {
        process.starts().listens();
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    void awaitPeerUp() {
        await().atMost(PATIENCE)
                .until(() -> get("/api/peers").at("/peers/0/state").asText().equals("up"));
    }

    String log() {
        return process.log();
    }

    Guest user(String id) {
        return new Guest(new UserId(id));
    }

    private JsonNode get(String path) {
        return answer(HttpRequest.newBuilder(process.admin().resolve(path)));
    }

    private JsonNode post(String path, String body) {
        return answer(
                HttpRequest.newBuilder(process.admin().resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }

    /** A user of the domain. */
    final class Guest {

        private final UserId id;
        private final String page;

        private Guest(UserId id) {
            this.id = id;
            page = "/api/users/" + URLEncoder.encode(id.value(), StandardCharsets.UTF_8) + "/";
        }

        UserId id() {
            return id;
        }

        Asking does() {
            return new Asking(id, this::asks);
        }

        private Primitive asks(Primitive request) {
            return primitive(post(page + "requests", wire.write(Mode.REQUEST, request)));
        }

        private Primitive primitive(JsonNode said) {
            try {
                return wire.read(said.path("xml").asText().getBytes(StandardCharsets.UTF_8));
            } catch (WireForm.Unreadable wrong) {
                throw new AssertionError(wrong.getMessage() + " in " + said, wrong);
            }
        }

        void logsOut() {
            post(page + "session", "{\"act\": \"logout\"}");
        }

        void logsIn() {
            post(page + "session", "{\"act\": \"login\"}");
        }

        /** Shows that password; gives the status. */
        int logsIn(String password) {
            return post(page + "session", "{\"act\": \"login\", \"password\": \"" + password + "\"}")
                    .path("status")
                    .asInt();
        }

        /** By the domain of this process; gives how many sessions it had. */
        int isDisconnected() {
            return post(page + "disconnect", "").path("sessions").asInt();
        }

        /** Gives the id of the message. */
        String isAskedByItsOperator(String question, String option, String meaning) {
            String body = JSON.createObjectNode()
                    .put("text", question)
                    .<ObjectNode>set("options", JSON.createObjectNode().put(option, meaning))
                    .toString();
            return post(page + "system-messages", body).path("id").asText();
        }

        /** Its right answers to such messages: id and option of each. */
        List<String> answered() {
            return StreamSupport.stream(get(page + "answers").path("answers").spliterator(), false)
                    .map(answer -> answer.path("id").asText() + " "
                            + answer.path("option").asText())
                    .toList();
        }

        <P extends Primitive> List<P> got(Class<P> kind) {
            List<P> all = new ArrayList<>();
            StreamSupport.stream(get(page + "inbox").path("inbox").spliterator(), false)
                    .map(this::primitive)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .forEach(all::add);
            return all;
        }

        /** The first of that kind that is as wished; waits for it. */
        <P extends Primitive> P gets(Class<P> kind, Predicate<P> wished) {
            return await().alias(id + " gets a " + kind.getSimpleName())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> got(kind).stream().filter(wished).findFirst(), Optional::isPresent)
                    .orElseThrow();
        }

        <P extends Primitive> P gets(Class<P> kind) {
            return gets(kind, any -> true);
        }

        List<String> texts() {
            return got(NewMessage.class).stream()
                    .map(message -> message.content().data().asUtf8())
                    .toList();
        }

        void getsMoreThan(int number, Class<? extends Primitive> kind) {
            await().alias(id + " gets another " + kind.getSimpleName())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> got(kind).size() > number);
        }

        void getsAllTexts(List<String> wanted) {
            await().alias(id + " gets " + wanted.size() + " messages")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(texts()).containsAll(wanted));
        }

        void getsText(String text) {
            await().alias(id + " gets \"" + text + "\"")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(texts()).contains(text));
        }
    }
}
