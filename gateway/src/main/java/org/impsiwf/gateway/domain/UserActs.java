package org.impsiwf.gateway.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.gateway.admin.FurtherPages.Page;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.common.SystemMessages;
import org.impsiwf.ssp.elements.common.SystemMessages.Draft;
import org.impsiwf.ssp.elements.common.SystemMessages.Verification;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.SystemMessage.AnswerOption;
import org.impsiwf.ssp.primitives.User;

/** What a tester does as a user, from the body of a POST. */
final class UserActs {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WireForm wire;
    private final SystemMessages systemMessages;

    UserActs(WireForm wire, SystemMessages systemMessages) {
        this.wire = wire;
        this.systemMessages = systemMessages;
    }

    /** Absent when there is no such act. */
    Optional<Page> done(ScriptedClient client, String act, byte[] body) {
        try {
            return switch (act) {
                case "messages" -> Optional.of(sends(client, JSON.readTree(body)));
                case "groups" -> Optional.of(group(client, JSON.readTree(body)));
                case "session" -> Optional.of(session(client, JSON.readTree(body)));
                case "system-messages" -> Optional.of(asked(client, JSON.readTree(body)));
                case "requests" -> Optional.of(AnswerPage.of(client.session().request(wire.read(body)), wire));
                default -> Optional.empty();
            };
        } catch (JsonProcessingException malformed) {
            return Optional.of(AnswerPage.mistake("the body is no JSON object"));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InvalidPrimitiveException | WireForm.Unreadable wrong) {
            return Optional.of(AnswerPage.mistake(wrong.getMessage()));
        }
    }

    private Page sends(ScriptedClient client, JsonNode body) {
        String to = body.path("to").asText("");
        String text = body.path("text").asText("");
        if (to.isEmpty() || text.isEmpty()) {
            return AnswerPage.mistake("needs \"to\" (a User-ID or Group-ID) and \"text\"");
        }
        boolean report = body.path("report").asBoolean(false);
        return AnswerPage.of(client.says(addressee(to), Content.text(text), Optional.empty(), report), wire);
    }

    /** A Group-ID has a slash before its domain (SSP 6.3.2). */
    private static Addressee addressee(String to) {
        return to.contains("/") ? new GroupId(to) : User.of(to);
    }

    private Page group(ScriptedClient client, JsonNode body) {
        String name = body.path("group").asText("");
        if (name.isEmpty()) {
            return AnswerPage.mistake("needs \"group\" (a Group-ID) and \"act\" (create, join or leave)");
        }
        GroupId group = new GroupId(name);
        Optional<ScreenName> screenName = text(body, "screen-name").map(said -> ScreenName.in(group, said));
        return switch (body.path("act").asText("")) {
            case "create" ->
                AnswerPage.of(
                        client.session()
                                .request(new CreateGroupRequest(
                                        client.meta(),
                                        group,
                                        new GroupProperties(List.of(), Optional.empty()),
                                        true,
                                        screenName,
                                        false)),
                        wire);
            case "join" ->
                AnswerPage.of(
                        client.session()
                                .request(new JoinGroupRequest(
                                        client.meta(),
                                        group,
                                        true,
                                        screenName,
                                        false,
                                        Optional.empty(),
                                        Optional.empty())),
                        wire);
            case "leave" -> AnswerPage.of(client.session().request(new LeaveGroupRequest(client.meta(), group)), wire);
            default -> AnswerPage.mistake("\"act\" is create, join or leave");
        };
    }

    private Page session(ScriptedClient client, JsonNode body) {
        try {
            switch (body.path("act").asText("")) {
                case "login" -> text(body, "password").ifPresentOrElse(client::logIn, client::logIn);
                case "logout" -> client.logOut();
                default -> {
                    return AnswerPage.mistake("\"act\" is login or logout");
                }
            }
            return new Page(200, Map.of("status", 200));
        } catch (Refusal refusal) {
            return AnswerPage.of(refusal.status(), wire);
        }
    }

    /** A message of the domain's operator to the user. */
    private Page asked(ScriptedClient client, JsonNode body) {
        Optional<String> text = text(body, "text");
        if (text.isEmpty()) {
            return AnswerPage.mistake("needs \"text\"; \"options\" (name and text of each) and \"key\" may be there");
        }
        List<AnswerOption> options = new ArrayList<>();
        body.path("options")
                .properties()
                .forEach(option -> options.add(
                        new AnswerOption(option.getKey(), option.getValue().asText())));
        Optional<Verification> verification =
                text(body, "key").map(key -> new Verification(text(body, "task"), Optional.empty(), key));
        Draft draft = new Draft(text.get(), options, !options.isEmpty() || verification.isPresent(), verification);
        return new Page(200, Map.of("id", systemMessages.send(client.user(), draft)));
    }

    private static Optional<String> text(JsonNode body, String field) {
        return Optional.of(body.path(field).asText("")).filter(said -> !said.isEmpty());
    }
}
