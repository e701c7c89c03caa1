package org.impsiwf.gateway.domain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.gateway.admin.FurtherPages;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;

/** The door by which a tester acts for a user of the domain: {@code /api/users/…}. */
public final class UserPages implements FurtherPages {

    private static final String USERS = "/api/users";

    private final ImpsDomain domain;
    private final WireForm wire = new WireForm();
    private final UserActs acts;

    public UserPages(ImpsDomain domain) {
        this.domain = domain;
        acts = new UserActs(wire, domain.systemMessages());
    }

    @Override
    public Optional<Page> get(String rawPath) {
        if (rawPath.equals(USERS)) {
            return Optional.of(new Page(200, Map.of("users", users())));
        }
        return act(rawPath, (client, act) -> switch (act) {
            case "inbox" -> Optional.of(new Page(200, Map.of("inbox", inbox(client))));
            case "answers" -> Optional.of(new Page(200, Map.of("answers", answers(client))));
            default -> Optional.empty();
        });
    }

    private List<String> users() {
        return domain.clients().stream()
                .map(client -> client.user().value())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    @Override
    public Optional<Page> post(String rawPath, byte[] body) {
        return target(rawPath)
                .filter(target -> target.act().equals("disconnect"))
                .map(target -> new Page(200, Map.of("sessions", domain.disconnect(target.user()))))
                .or(() -> act(rawPath, (client, act) -> acts.done(client, act, body)));
    }

    private interface Act {
        Optional<Page> of(ScriptedClient client, String act);
    }

    private record Target(String user, String act) {}

    /** Path: {@code /api/users/USER/ACT}, the user escaped as in any URL. */
    private static Optional<Target> target(String rawPath) {
        if (!rawPath.startsWith(USERS + "/")) {
            return Optional.empty();
        }
        String rest = rawPath.substring(USERS.length() + 1);
        int end = rest.lastIndexOf('/');
        if (end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Target(
                    URLDecoder.decode(rest.substring(0, end).replace("+", "%2B"), StandardCharsets.UTF_8),
                    rest.substring(end + 1)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<Page> act(String rawPath, Act act) {
        return target(rawPath)
                .flatMap(target -> domain.client(target.user())
                        .map(client -> act.of(client, target.act()))
                        .orElseGet(() -> Optional.of(new Page(404, Map.of("error", "no such user")))));
    }

    private List<Map<String, Object>> inbox(ScriptedClient client) {
        return client.arrivals().stream().map(this::arrival).toList();
    }

    private Map<String, Object> arrival(ScriptedClient.Arrival arrival) {
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
        fields.put("xml", wire.write(Mode.REQUEST, arrival.primitive()));
        return fields;
    }

    /** To system messages that were sent to the user from here. */
    private List<Map<String, Object>> answers(ScriptedClient client) {
        return domain.answers().stream()
                .filter(answer -> answer.user().key().equals(client.user().key()))
                .map(answer -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("at", answer.at().toString());
                    fields.put("id", answer.response().systemMessageId());
                    answer.response().chosenOptionId().ifPresent(option -> fields.put("option", option));
                    return fields;
                })
                .toList();
    }

    private static String name(Addressee addressee) {
        return switch (addressee) {
            case User user -> user.userId().value();
            case ScreenName screenName -> screenName.name();
            default -> addressee.toString();
        };
    }
}
