package org.impsiwf.gateway.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.gateway.admin.FurtherPages;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;

/** The door by which a tester acts for a user of the domain: {@code /api/users/…}. */
public final class UserPages implements FurtherPages {

    private static final String USERS = "/api/users";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ImpsDomain domain;

    public UserPages(ImpsDomain domain) {
        this.domain = domain;
    }

    @Override
    public Optional<Page> get(String rawPath) {
        if (rawPath.equals(USERS)) {
            return Optional.of(new Page(200, Map.of("users", users())));
        }
        return act(
                rawPath,
                (client, act) -> act.equals("inbox")
                        ? Optional.of(new Page(200, Map.of("inbox", inbox(client))))
                        : Optional.empty());
    }

    private List<String> users() {
        return domain.clients().stream()
                .map(client -> client.user().value())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    @Override
    public Optional<Page> post(String rawPath, byte[] body) {
        return act(rawPath, (client, act) -> {
            try {
                return done(client, act, JSON.readTree(body));
            } catch (JsonProcessingException malformed) {
                return Optional.of(mistake("the body is no JSON object"));
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            } catch (InvalidPrimitiveException wrong) {
                return Optional.of(mistake(wrong.getMessage()));
            }
        });
    }

    private static Optional<Page> done(ScriptedClient client, String act, JsonNode body) {
        return switch (act) {
            case "messages" -> Optional.of(sends(client, body));
            case "groups" -> Optional.of(group(client, body));
            default -> Optional.empty();
        };
    }

    private interface Act {
        Optional<Page> of(ScriptedClient client, String act);
    }

    /** Path: {@code /api/users/USER/ACT}, the user escaped as in any URL. */
    private Optional<Page> act(String rawPath, Act act) {
        if (!rawPath.startsWith(USERS + "/")) {
            return Optional.empty();
        }
        String rest = rawPath.substring(USERS.length() + 1);
        int end = rest.lastIndexOf('/');
        if (end < 0) {
            return Optional.empty();
        }
        String user;
        try {
            user = URLDecoder.decode(rest.substring(0, end).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return domain.client(user)
                .map(client -> act.of(client, rest.substring(end + 1)))
                .orElseGet(() -> Optional.of(new Page(404, Map.of("error", "no such user"))));
    }

    private static Page sends(ScriptedClient client, JsonNode body) {
        String to = body.path("to").asText("");
        String text = body.path("text").asText("");
        if (to.isEmpty() || text.isEmpty()) {
            return mistake("needs \"to\" (a User-ID or Group-ID) and \"text\"");
        }
        return outcome(client.says(addressee(to), Content.text(text), Optional.empty()));
    }

    /** A Group-ID has a slash before its domain (SSP 6.3.2). */
    private static Addressee addressee(String to) {
        return to.contains("/") ? new GroupId(to) : User.of(to);
    }

    private static Page group(ScriptedClient client, JsonNode body) {
        String name = body.path("group").asText("");
        if (name.isEmpty()) {
            return mistake("needs \"group\" (a Group-ID) and \"act\" (create, join or leave)");
        }
        GroupId group = new GroupId(name);
        Optional<ScreenName> screenName = Optional.of(body.path("screen-name").asText(""))
                .filter(said -> !said.isEmpty())
                .map(said -> ScreenName.in(group, said));
        return switch (body.path("act").asText("")) {
            case "create" ->
                outcome(client.session()
                        .request(new CreateGroupRequest(
                                client.meta(),
                                group,
                                new GroupProperties(List.of(), Optional.empty()),
                                true,
                                screenName,
                                false)));
            case "join" ->
                outcome(client.session()
                        .request(new JoinGroupRequest(
                                client.meta(), group, true, screenName, false, Optional.empty(), Optional.empty())));
            case "leave" -> outcome(client.session().request(new LeaveGroupRequest(client.meta(), group)));
            default -> mistake("\"act\" is create, join or leave");
        };
    }

    /** What the domain answered, whatever it was: the HTTP status says only that it was asked. */
    private static Page outcome(Primitive answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (answer) {
            case SendMessageResponse response -> {
                status(fields, response.statusInfo());
                response.messageId().ifPresent(id -> fields.put("message-id", id.value()));
            }
            case JoinGroupResponse response -> {
                status(fields, response.statusInfo());
                fields.put("joined", response.joinedUserScreenNameList());
            }
            case LeaveGroupIndication indication ->
                status(fields, indication.statusInfo().orElse(Status.of(200)));
            case Status status -> status(fields, status);
            default -> fields.put("answer", answer.getClass().getSimpleName());
        }
        return new Page(200, fields);
    }

    private static void status(Map<String, Object> fields, Status status) {
        fields.put("status", status.statusCode());
        status.statusDescription().ifPresent(text -> fields.put("description", text));
    }

    private static List<Map<String, Object>> inbox(ScriptedClient client) {
        return client.arrivals().stream().map(UserPages::arrival).toList();
    }

    private static Map<String, Object> arrival(ScriptedClient.Arrival arrival) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", arrival.at().toString());
        fields.put("primitive", arrival.primitive().getClass().getSimpleName());
        if (arrival.primitive() instanceof NewMessage message) {
            message.messageInfo()
                    .sender()
                    .map(MessageInfo.Sender::address)
                    .ifPresent(sender -> fields.put("from", name(sender)));
            fields.put("text", message.content().data().asUtf8());
        }
        return fields;
    }

    private static String name(Addressee addressee) {
        return switch (addressee) {
            case User user -> user.userId().value();
            case ScreenName screenName -> screenName.name();
            default -> addressee.toString();
        };
    }

    private static Page mistake(String what) {
        return new Page(400, Map.of("error", what));
    }
}
