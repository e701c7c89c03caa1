package org.impsiwf.testkit.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;

/** Plays the SIP edge and the users behind it. */
final class SipDesk {

    private enum Stage {
        RINGING,
        ESTABLISHED,
        ENDED
    }

    private static final class Usage {
        final String id;
        final String user;
        final boolean ours;
        Stage stage = Stage.RINGING;

        Usage(String id, String user, boolean ours) {
            this.id = id;
            this.user = user;
            this.ours = ours;
        }
    }

    private final InMemoryWorld world;
    private final Map<String, Usage> usages = new LinkedHashMap<>();
    private final Map<String, SipEvent.MessageReceived> received = new LinkedHashMap<>();
    private final Map<String, String> transactions = new HashMap<>();
    private final Map<String, SipCommand.SendMessage> outgoing = new LinkedHashMap<>();

    SipDesk(InMemoryWorld world) {
        this.world = world;
    }

    void execute(SipCommand command) {
        switch (command) {
            case SipCommand.SendInvite c -> {
                String user = Words.shortName(c.target().value());
                usages.put(c.usage().value(), new Usage(c.usage().value(), user, true));
                say(
                        user,
                        "INVITE",
                        Map.of(
                                "call", c.usage().value(),
                                "from", Words.shortName(c.sender().from().uri().value())));
            }
            case SipCommand.RingInvite c ->
                say(
                        usage(c.usage()).user,
                        "180 INVITE",
                        Map.of("call", c.usage().value()));
            case SipCommand.AcceptInvite c -> {
                Usage usage = usage(c.usage());
                usage.stage = Stage.ESTABLISHED;
                world.ledger().answered("INVITE " + usage.id, 200);
                say(usage.user, "200 INVITE", media(c.usage(), c.media()));
            }
            case SipCommand.RefuseInvite c -> refuse(c.usage(), c.refusal());
            case SipCommand.EndUsage c -> end(usage(c.usage()));
            case SipCommand.AcceptReinvite c -> say(usage(c.usage()).user, "200 REINVITE", media(c.usage(), c.media()));
            case SipCommand.RefuseReinvite c ->
                say(usage(c.usage()).user, c.refusal().status() + " REINVITE", Map.of());
            case SipCommand.SendReinvite c -> say(usage(c.usage()).user, "REINVITE", Map.of());
            case SipCommand.SendMessage c -> sendMessage(c);
            case SipCommand.AnswerMessage c -> answerMessage(c);
            case SipCommand.AcceptRefer c -> throw new UnsupportedOperationException();
            case SipCommand.RefuseRefer c -> throw new UnsupportedOperationException();
            case SipCommand.ReportRefer c -> throw new UnsupportedOperationException();
            case SipCommand.AcceptSubscription c -> throw new UnsupportedOperationException();
            case SipCommand.RefuseSubscription c -> throw new UnsupportedOperationException();
            case SipCommand.Notify c -> throw new UnsupportedOperationException();
            case SipCommand.EndSubscription c -> throw new UnsupportedOperationException();
        }
    }

    private void refuse(InviteUsageId id, SipCommand.Response refusal) {
        Usage usage = usage(id);
        usage.stage = Stage.ENDED;
        world.ledger().answered("INVITE " + usage.id, refusal.status());
        say(usage.user, refusal.status() + " INVITE", response(refusal, Map.of("call", usage.id)));
    }

    private void end(Usage usage) {
        if (usage == null) {
            // Its INVITE was the order of an owner that died before it went out.
            return;
        }
        Stage before = usage.stage;
        usage.stage = Stage.ENDED;
        switch (before) {
            case RINGING -> {
                if (!usage.ours) {
                    world.ledger().answered("INVITE " + usage.id, 480);
                }
                say(usage.user, usage.ours ? "CANCEL" : "480 INVITE", Map.of("call", usage.id));
            }
            case ESTABLISHED -> say(usage.user, "BYE", Map.of("call", usage.id));
            case ENDED -> {
                // The order crossed what it asks for.
            }
        }
    }

    private void sendMessage(SipCommand.SendMessage c) {
        Map<String, String> fields = new TreeMap<>();
        Words.describe(c.body().contentType(), c.body().bytes(), fields);
        fields.put("request", c.request().value());
        fields.put("from", Words.shortName(c.sender().from().uri().value()));
        outgoing.put(c.request().value(), c);
        String user = Words.shortName(c.target().value());
        world.ledger().carried(fields.getOrDefault("text", ""), user, "MESSAGE");
        say(user, "MESSAGE", fields);
    }

    private void answerMessage(SipCommand.AnswerMessage c) {
        String tx = c.transaction().value();
        world.ledger().answered("MESSAGE " + tx, c.response().status());
        say(transactions.get(tx), c.response().status() + " MESSAGE", response(c.response(), Map.of("tx", tx)));
    }

    private static Map<String, String> response(SipCommand.Response response, Map<String, String> more) {
        Map<String, String> fields = new TreeMap<>(more);
        response.retryAfter().ifPresent(after -> fields.put("retry-after", String.valueOf(after.toSeconds())));
        response.headers().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
        return fields;
    }

    private static Map<String, String> media(InviteUsageId usage, MessageMedia media) {
        return Map.of(
                "call", usage.value(),
                "direction", media.direction().name(),
                "setup", media.setup().name());
    }

    void inject(FlowMessage m) {
        if (m.name().endsWith(" INVITE")) {
            response(m);
            return;
        }
        switch (m.name()) {
            case "INVITE" -> invite(m);
            case "REINVITE" -> {
                Usage usage = established(m);
                post(new SipEvent.ReinviteReceived(
                        new InviteUsageId(usage.id),
                        new SipTransactionId("r" + world.sequence()),
                        head(m),
                        m.field("sdp", "").equals("none") ? Optional.empty() : Optional.of(offer(m)),
                        List.of()));
            }
            case "ACK" ->
                post(new SipEvent.AckReceived(
                        new InviteUsageId(established(m).id),
                        m.field("sdp", "").equals("answer") ? Optional.of(offer(m)) : Optional.empty()));
            case "CANCEL" -> {
                Usage usage = find(m, false, Stage.RINGING);
                usage.stage = Stage.ENDED;
                world.ledger().excused("INVITE " + usage.id);
                post(new SipEvent.InviteCancelled(new InviteUsageId(usage.id)));
            }
            case "BYE" -> {
                Usage usage = established(m);
                usage.stage = Stage.ENDED;
                post(new SipEvent.ByeReceived(new InviteUsageId(usage.id), Optional.empty()));
            }
            case "VANISH" -> {
                Usage usage = established(m);
                usage.stage = Stage.ENDED;
                post(new SipEvent.UsageEnded(new InviteUsageId(usage.id), "session timer"));
            }
            case "MESSAGE" -> message(m);
            default -> answer(m);
        }
    }

    boolean canSend(FlowMessage m) {
        return switch (m.name()) {
            case "INVITE", "MESSAGE" -> true;
            case "CANCEL" -> usages(m, false).anyMatch(usage -> usage.stage == Stage.RINGING);
            case "BYE", "ACK", "REINVITE", "VANISH" ->
                usages.values().stream()
                        .filter(usage -> usage.user.equals(m.from()))
                        .filter(usage -> m.field("call", usage.id).equals(usage.id))
                        .anyMatch(usage -> usage.stage == Stage.ESTABLISHED);
            default -> {
                boolean invite = m.name().endsWith(" INVITE");
                yield invite
                        ? usages(m, true).anyMatch(usage -> usage.stage == Stage.RINGING)
                        : m.fields().containsKey("request")
                                ? outgoing.containsKey(m.field("request", ""))
                                : !outgoing.isEmpty();
            }
        };
    }

    private Stream<Usage> usages(FlowMessage m, boolean ours) {
        return usages.values().stream()
                .filter(usage -> usage.ours == ours && usage.user.equals(m.from()))
                .filter(usage -> m.field("call", usage.id).equals(usage.id));
    }

    private void invite(FlowMessage m) {
        String id = m.field("call", "call" + world.sequence());
        if (usages.containsKey(id)) {
            // A retransmission, which the edge absorbs.
            return;
        }
        usages.put(id, new Usage(id, m.from(), false));
        world.ledger().owed("INVITE " + id, "");
        post(new SipEvent.InviteReceived(
                new InviteUsageId(id),
                head(m),
                m.field("sdp", "").equals("none") ? Optional.empty() : Optional.of(offer(m)),
                List.of()));
    }

    private void response(FlowMessage m) {
        int status = Integer.parseInt(m.name().substring(0, 3));
        Usage usage = find(m, true, Stage.RINGING);
        InviteUsageId id = new InviteUsageId(usage.id);
        if (status < 200) {
            post(new SipEvent.InviteProgressed(id, status));
        } else if (status < 300) {
            usage.stage = Stage.ESTABLISHED;
            post(new SipEvent.InviteAccepted(id, head(m), offer(m)));
        } else {
            usage.stage = Stage.ENDED;
            post(new SipEvent.InviteRefused(id, SipEvent.FinalResponse.of(status, "")));
        }
    }

    private void message(FlowMessage m) {
        String tx = m.field("tx", "tx" + world.sequence());
        if (transactions.putIfAbsent(tx, m.from()) != null) {
            return;
        }
        String to = Words.impsUserAsSip(m.field("to", "bob"));
        Words.Content body = Words.body(m, Words.sipUser(m.from()), to);
        boolean signal =
                MediaType.is(body.type(), MediaType.IS_COMPOSING) || m.fields().containsKey("status");
        world.ledger().owed("MESSAGE " + tx, signal ? "" : text(m));
        var event = new SipEvent.MessageReceived(
                new SipTransactionId(tx), head(m), Optional.of(new Body(body.type(), body.bytes())));
        received.put(tx, event);
        post(event);
    }

    /** The text that the far side will get: padded to the size that the line asks for. */
    static String text(FlowMessage m) {
        return new String(
                Words.body(new FlowMessage("", "", "", plain(m)), "", "").bytes(),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Map<String, String> plain(FlowMessage m) {
        return Map.of("text", m.field("text", ""), "size", m.field("size", "0"));
    }

    private void answer(FlowMessage m) {
        String[] words = m.name().split(" ");
        if (words.length != 2 || !words[1].equals("MESSAGE")) {
            throw new IllegalArgumentException("a SIP user cannot send " + m.name());
        }
        int status = Integer.parseInt(words[0]);
        String request =
                m.field("request", outgoing.keySet().stream().findFirst().orElseThrow());
        SipCommand.SendMessage sent = outgoing.remove(request);
        Map<String, String> fields = new TreeMap<>();
        Words.describe(sent.body().contentType(), sent.body().bytes(), fields);
        if (status < 300) {
            world.ledger().takenByFarSide(fields.getOrDefault("text", ""), m.from());
        } else {
            world.ledger().refusedByFarSide(fields.getOrDefault("text", ""), m.from());
        }
        post(new SipEvent.MessageAnswered(new RequestId(request), SipEvent.FinalResponse.of(status, "")));
    }

    /**
     * Transactions die with their owner: an INVITE is given up on both sides, a MESSAGE is sent again by its client if it has
     * an id of its own. Without one its client hears nothing, and may not take that for a yes.
     */
    void ownerDied() {
        outgoing.clear();
        for (Usage usage : usages.values()) {
            if (usage.stage == Stage.RINGING) {
                usage.stage = Stage.ENDED;
                InviteUsageId id = new InviteUsageId(usage.id);
                world.ledger().excused("INVITE " + usage.id);
                post(
                        usage.ours
                                ? new SipEvent.InviteRefused(id, SipEvent.FinalResponse.of(408, ""))
                                : new SipEvent.InviteCancelled(id));
            }
        }
        for (SipEvent.MessageReceived message : received.values()) {
            String what = "MESSAGE " + message.transaction().value();
            boolean named = message.body()
                    .filter(body -> body.contentType().equals(MediaType.CPIM))
                    .isPresent();
            if (named && world.ledger().isOpen(what)) {
                post(message);
            }
            if (!named) {
                world.ledger().excused(what);
            }
        }
    }

    /** Every session that still stands ends from the users' side. */
    void hangUpAll() {
        for (Usage usage : new ArrayList<>(usages.values())) {
            if (usage.stage == Stage.ESTABLISHED) {
                usage.stage = Stage.ENDED;
                post(new SipEvent.ByeReceived(new InviteUsageId(usage.id), Optional.empty()));
            }
        }
    }

    private Usage usage(InviteUsageId id) {
        return usages.get(id.value());
    }

    private Usage established(FlowMessage m) {
        return usages.values().stream()
                .filter(usage -> usage.user.equals(m.from()))
                .filter(usage -> m.field("call", usage.id).equals(usage.id))
                .filter(usage -> usage.stage == Stage.ESTABLISHED)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalArgumentException("no session for " + m));
    }

    private Usage find(FlowMessage m, boolean ours, Stage stage) {
        return usages.values().stream()
                .filter(usage -> usage.ours == ours && usage.user.equals(m.from()))
                .filter(usage -> m.field("call", usage.id).equals(usage.id))
                .filter(usage -> usage.stage == stage || m.fields().containsKey("call"))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalArgumentException("no INVITE for " + m));
    }

    private void say(String user, String name, Map<String, String> fields) {
        world.send(new FlowMessage(FlowMessage.GATEWAY, user, name, fields));
    }

    private void post(SipEvent event) {
        world.post(new Event.Sip(event));
    }

    private static RequestHead head(FlowMessage m) {
        SipUri identity = new SipUri(Words.sipUser(m.field("as", m.from())));
        SipUri target = new SipUri(Words.impsUserAsSip(m.field("to", "bob")));
        return new RequestHead(
                target,
                NameAddr.of(identity),
                NameAddr.of(target),
                "call-id",
                new Originator(NameAddr.of(identity), false, Optional.empty(), "192.0.2.1:5060"),
                List.of(),
                Map.of());
    }

    static MessageMedia offer(FlowMessage m) {
        String maxSize = m.field("max-size", "");
        return new MessageMedia(
                false,
                "192.0.2.1",
                2855,
                List.of(m.field("path", "msrp://192.0.2.1:2855/" + m.from() + ";tcp")),
                List.of(m.field("accept", "message/cpim,text/plain").split(",")),
                List.of(m.field("wrapped", "text/plain,message/imdn+xml").split(",")),
                maxSize.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(maxSize)),
                MessageMedia.Setup.valueOf(m.field("setup", "ACTPASS")),
                MessageMedia.Direction.valueOf(m.field("direction", "SENDRECV")),
                Optional.empty(),
                false);
    }
}
