package org.impsiwf.testkit.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.testkit.flow.SipUsages.Stage;
import org.impsiwf.testkit.flow.SipUsages.Usage;

/** Plays the SIP edge and the users behind it. */
final class SipDesk {

    private final InMemoryWorld world;
    private final CallMedia media;
    private final PagerDesk pager;
    private final ConferenceDesk conferences;
    private final SipUsages usages = new SipUsages();

    SipDesk(InMemoryWorld world, CallMedia media) {
        this.world = world;
        this.media = media;
        this.pager = new PagerDesk(world);
        this.conferences = new ConferenceDesk(world);
    }

    void execute(SipCommand command) {
        switch (command) {
            case SipCommand.SendInvite c -> {
                String user = Words.shortName(c.target().value());
                Usage usage = usages.begin(c.usage().value(), user, true);
                described(usage, c.offer(), c.focus());
                say(user, "INVITE", SipLines.invite(c));
                if (world.isGone(user)) {
                    nobodyAnswers(usage);
                }
            }
            case SipCommand.RingInvite c ->
                say(
                        usages.get(c.usage()).user,
                        "180 INVITE",
                        Map.of("call", c.usage().value()));
            case SipCommand.AcceptInvite c -> {
                Usage usage = usages.get(c.usage());
                usage.stage = Stage.ESTABLISHED;
                Usage invite = usage.forkOf.orElse(usage);
                if (!invite.forked) {
                    world.ledger().answered("INVITE " + invite.id, 200);
                }
                invite.forked = usage.forkOf.isPresent();
                described(usage, c.media(), c.focus());
                say(usage.user, "200 INVITE", SipLines.media(c.usage(), c.media(), c.focus()));
                if (world.isGone(usage.user)) {
                    // Its ACK does not come.
                    vanish(usage);
                }
            }
            case SipCommand.RefuseInvite c -> refuse(c.usage(), c.refusal());
            case SipCommand.ForkInvite c -> {
                Usage waiting = usages.get(c.usage());
                usages.begin(c.fork().value(), waiting.user, false).forkOf = Optional.of(waiting);
            }
            case SipCommand.EndUsage c -> end(usages.get(c.usage()));
            case SipCommand.AcceptReinvite c -> {
                described(usages.get(c.usage()), c.media(), c.focus());
                say(usages.get(c.usage()).user, "200 REINVITE", SipLines.media(c.usage(), c.media(), c.focus()));
            }
            case SipCommand.RefuseReinvite c ->
                say(
                        usages.get(c.usage()).user,
                        c.refusal().status() + " REINVITE",
                        SipLines.response(c.refusal(), Map.of()));
            case SipCommand.SendReinvite c -> {
                described(usages.get(c.usage()), c.offer(), c.focus());
                say(usages.get(c.usage()).user, "REINVITE", SipLines.media(c.usage(), c.offer(), c.focus()));
                if (world.ownerDied()) {
                    followed(usages.get(c.usage()), c.offer());
                }
            }
            case SipCommand.SendMessage c -> pager.send(c);
            case SipCommand.AnswerMessage c -> pager.answer(c);
            case SipCommand.AcceptRefer c -> conferences.execute(c);
            case SipCommand.RefuseRefer c -> conferences.execute(c);
            case SipCommand.ReportRefer c -> conferences.execute(c);
            case SipCommand.AcceptSubscription c -> conferences.execute(c);
            case SipCommand.RefuseSubscription c -> conferences.execute(c);
            case SipCommand.Notify c -> conferences.execute(c);
            case SipCommand.EndSubscription c -> conferences.execute(c);
        }
    }

    /** No line of the flow knows of the re-INVITE of an owner that has taken over: the user's client follows it by itself. */
    private void followed(Usage usage, MessageMedia offer) {
        if (usage.stage != Stage.ESTABLISHED || world.isGone(usage.user)) {
            post(new SipEvent.ReinviteAnswered(usage.usage(), SipEvent.FinalResponse.of(481, ""), Optional.empty()));
            return;
        }
        world.followed(offer.path().getLast());
        FlowMessage answer = new FlowMessage(
                usage.user,
                FlowMessage.GATEWAY,
                "200 REINVITE",
                offer.chatroom().isPresent() ? Map.of("chatroom", "nickname,private-messages") : Map.of());
        post(new SipEvent.ReinviteAnswered(
                usage.usage(), SipEvent.FinalResponse.of(200, ""), Optional.of(SipLines.offer(answer))));
    }

    /** Our description of the session has left, and with it the path that tells which session it is. */
    private void described(Usage usage, MessageMedia ours, Optional<SipUri> focus) {
        if (focus.isPresent()) {
            usage.focus = focus;
        }
        media.described(
                ours.path().getLast(), new CallMedia.Call(usage.id, usage.user, usage.focus.map(SipUri::value)));
    }

    private void refuse(InviteUsageId id, SipCommand.Response refusal) {
        Usage usage = usages.get(id);
        usage.stage = Stage.ENDED;
        if (usage.isSilent()) {
            return;
        }
        world.ledger().answered("INVITE " + usage.id, refusal.status());
        world.roll().parted(usage.user);
        say(usage.user, refusal.status() + " INVITE", SipLines.response(refusal, Map.of("call", usage.id)));
    }

    private void end(Usage usage) {
        if (usage == null) {
            // Its INVITE was the order of an owner that died before it went out.
            return;
        }
        Stage before = usage.stage;
        usage.stage = Stage.ENDED;
        if (before == Stage.RINGING && usage.isSilent()) {
            return; // its sender has heard of the other dialogs
        }
        switch (before) {
            case RINGING -> {
                if (!usage.ours) {
                    world.ledger().answered("INVITE " + usage.id, 480);
                }
                say(usage.user, usage.ours ? "CANCEL" : "480 INVITE", Map.of("call", usage.id));
            }
            case ESTABLISHED -> {
                world.roll().parted(usage.user);
                say(usage.user, "BYE", Map.of("call", usage.id));
            }
            case ENDED -> {
                // The order crossed what it asks for.
            }
        }
    }

    void inject(FlowMessage m) {
        if (ConferenceDesk.knows(m.name())) {
            conferences.inject(m);
        } else if (m.name().endsWith(" INVITE")) {
            response(m);
        } else {
            ofUsers(m);
        }
    }

    private void ofUsers(FlowMessage m) {
        switch (m.name()) {
            case "INVITE" -> invite(m);
            case "REINVITE" -> reinvite(m);
            case "ACK" ->
                post(new SipEvent.AckReceived(
                        usages.established(m).usage(),
                        m.field("sdp", "").equals("answer") ? Optional.of(SipLines.offer(m)) : Optional.empty()));
            case "CANCEL" -> {
                Usage usage = usages.invite(m, false);
                usage.stage = Stage.ENDED;
                world.ledger().excused("INVITE " + usage.id);
                post(new SipEvent.InviteCancelled(usage.usage()));
            }
            case "BYE" -> {
                Usage usage = usages.established(m);
                usage.stage = Stage.ENDED;
                world.roll().parted(usage.user);
                post(new SipEvent.ByeReceived(usage.usage(), Optional.empty()));
            }
            case "VANISH" -> {
                if (m.fields().containsKey("sub")) {
                    conferences.forgets(m.field("sub", ""));
                } else {
                    vanish(usages.established(m));
                }
            }
            case "MESSAGE" -> pager.message(m);
            default -> answer(m);
        }
    }

    boolean canSend(FlowMessage m) {
        return switch (m.name()) {
            case "INVITE", "MESSAGE", "SUBSCRIBE" -> true;
            case "REFER" -> !m.fields().containsKey("call") || usages.isIn(m);
            case "CANCEL" -> usages.isRinging(m, false);
            case "VANISH" -> m.fields().containsKey("sub") || usages.isIn(m);
            case "BYE", "ACK", "REINVITE" -> usages.isIn(m);
            default -> {
                if (m.name().endsWith(" INVITE")) {
                    yield usages.isRinging(m, true);
                }
                yield m.name().endsWith(" REINVITE") ? usages.isIn(m) : pager.canAnswer(m);
            }
        };
    }

    private void invite(FlowMessage m) {
        String id = m.field("call", "call" + world.sequence());
        if (usages.has(id)) {
            // A retransmission, which the edge absorbs.
            return;
        }
        Usage usage = usages.begin(id, m.from(), false);
        world.ledger().owed("INVITE " + id, "");
        Optional<Integer> objection = objection(m);
        if (objection.isPresent()) {
            refuse(usage.usage(), SipCommand.Response.of(objection.get()));
            return;
        }
        post(new SipEvent.InviteReceived(
                usage.usage(), SipLines.head(m), offer(m), List.of(), SipLines.conferencing(m, replaced(m))));
    }

    private void reinvite(FlowMessage m) {
        post(new SipEvent.ReinviteReceived(
                usages.established(m).usage(),
                new SipTransactionId("r" + world.sequence()),
                SipLines.head(m),
                offer(m),
                List.of(),
                SipLines.conferencing(m, replaced(m))));
    }

    private static Optional<MessageMedia> offer(FlowMessage m) {
        return m.field("sdp", "").equals("none") ? Optional.empty() : Optional.of(SipLines.offer(m));
    }

    /** RFC 3891 §3: what the edge says of a dialog that is not there, has ended, or is not open yet. */
    private Optional<Integer> objection(FlowMessage m) {
        String named = m.field("replaces", "");
        Usage usage = usages.get(named);
        if (named.isEmpty() || (usage != null && usage.stage == Stage.ESTABLISHED)) {
            return Optional.empty();
        }
        return Optional.of(usage != null && usage.stage == Stage.ENDED ? 603 : 481);
    }

    private static Optional<InviteUsageId> replaced(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("replaces"))
                .or(() -> Optional.ofNullable(m.fields().get("list-replaces")))
                .map(InviteUsageId::new);
    }

    private void response(FlowMessage m) {
        int status = Integer.parseInt(m.name().substring(0, 3));
        Usage usage = usages.invite(m, true);
        InviteUsageId id = new InviteUsageId(usage.id);
        if (status < 200) {
            post(new SipEvent.InviteProgressed(id, status));
        } else if (status < 300) {
            usage.stage = Stage.ESTABLISHED;
            post(new SipEvent.InviteAccepted(id, SipLines.head(m), SipLines.offer(m)));
        } else {
            usage.stage = Stage.ENDED;
            post(new SipEvent.InviteRefused(id, SipEvent.FinalResponse.of(status, "")));
        }
    }

    private void answer(FlowMessage m) {
        if (m.name().matches("[1-6]\\d\\d MESSAGE")) {
            pager.response(m);
        } else if (m.name().matches("[2-6]\\d\\d REINVITE")) {
            int status = Integer.parseInt(m.name().substring(0, 3));
            post(new SipEvent.ReinviteAnswered(
                    usages.established(m).usage(),
                    SipEvent.FinalResponse.of(status, ""),
                    status < 300 ? Optional.of(SipLines.offer(m)) : Optional.empty()));
        } else {
            throw new IllegalArgumentException("a SIP user cannot send " + m.name());
        }
    }

    /** Transactions die with their owner: an INVITE is given up on both sides. */
    void ownerDied() {
        for (Usage usage : usages.all()) {
            if (usage.stage == Stage.RINGING) {
                usage.stage = Stage.ENDED;
                world.ledger().excused("INVITE " + usage.id);
                post(
                        usage.ours
                                ? new SipEvent.InviteRefused(usage.usage(), SipEvent.FinalResponse.of(408, ""))
                                : new SipEvent.InviteCancelled(usage.usage()));
            }
        }
        pager.ownerDied();
        conferences.ownerDied();
    }

    /** The user's client is gone without a word. */
    void vanish(String user) {
        usages.all().stream().filter(usage -> usage.user.equals(user)).forEach(usage -> {
            if (usage.stage == Stage.ESTABLISHED) {
                vanish(usage);
            } else if (usage.stage == Stage.RINGING && usage.ours) {
                nobodyAnswers(usage);
            }
        });
        pager.vanish(user);
        conferences.vanish(user);
    }

    private void vanish(Usage usage) {
        usage.stage = Stage.ENDED;
        world.roll().parted(usage.user);
        post(new SipEvent.UsageEnded(usage.usage(), "session timer"));
    }

    private void nobodyAnswers(Usage usage) {
        usage.stage = Stage.ENDED;
        post(new SipEvent.InviteRefused(usage.usage(), SipEvent.FinalResponse.of(408, "")));
    }

    /** Who has a session with which group. */
    void attendance(BiConsumer<String, Address.Group> attends) {
        usages.all().stream()
                .filter(usage -> usage.stage == Stage.ESTABLISHED)
                .forEach(usage -> usage.focus
                        .flatMap(focus -> Address.Group.tryParse(focus.value()))
                        .ifPresent(group -> attends.accept(usage.user, group)));
    }

    /** Every session that still stands ends from the users' side. */
    void hangUpAll() {
        for (Usage usage : usages.all()) {
            if (usage.stage == Stage.ESTABLISHED) {
                usage.stage = Stage.ENDED;
                post(new SipEvent.ByeReceived(new InviteUsageId(usage.id), Optional.empty()));
            }
        }
    }

    private void say(String user, String name, Map<String, String> fields) {
        world.send(new FlowMessage(FlowMessage.GATEWAY, user, name, fields));
    }

    private void post(SipEvent event) {
        world.post(new Event.Sip(event));
    }
}
