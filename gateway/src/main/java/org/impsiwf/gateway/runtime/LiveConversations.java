package org.impsiwf.gateway.runtime;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.gateway.admin.SessionView;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.conversation.Conversation;
import org.impsiwf.mapping.conversation.Leg;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.extension.Extension;
import org.impsiwf.mapping.participation.Participation;

/**
 * The conversations that this node decided last, of two and of many, for {@code /api/sessions} and for draining. Safe from
 * any thread.
 */
final class LiveConversations implements SessionView {

    private static final String OPEN = "Open";

    /** What is shown of it. */
    private record Summary(String sipUser, String impsUser, String mode, String state) {}

    private record Live(Summary summary, Instant since, Instant lastUsed) {}

    private final ConcurrentHashMap<MailboxKey, Live> live = new ConcurrentHashMap<>();

    /** A decision was saved; what only remembers ids against repeats is not shown. */
    void decided(MailboxKey key, Optional<State> next, Instant now) {
        next.flatMap(state -> summary(key, state))
                .ifPresentOrElse(
                        summary -> live.compute(
                                key, (same, before) -> new Live(summary, before == null ? now : before.since(), now)),
                        () -> live.remove(key));
    }

    /** It is another node's now, or forgotten. */
    void left(MailboxKey key) {
        live.remove(key);
    }

    private static Optional<Summary> summary(MailboxKey key, State state) {
        return switch (state) {
            case State.OfConversation(Conversation talk) -> talk.isQuiet() ? Optional.empty() : Optional.of(of(talk));
            case State.OfParticipation(Participation one) when one.isQuiet() -> Optional.empty();
            case State.OfParticipation(Participation one) -> {
                // Its key is the group's address and the user's (ConferenceKeys).
                int user = key.id().lastIndexOf('!');
                yield Optional.of(new Summary(
                        key.id().substring(user + 1),
                        key.id().substring(0, Math.max(0, user)),
                        "group",
                        one.leg().getClass().getSimpleName()));
            }
            case State.OfFocus focus -> Optional.of(new Summary("", key.id(), "focus", OPEN));
            case State.OfExtension(Extension extension) -> of(extension);
            case State.OfHostedChat chat -> Optional.of(new Summary("", "", "hosted", OPEN));
            case State.OfSubmission submission -> Optional.empty();
            case State.OfDelivery delivery -> Optional.empty();
        };
    }

    /** One that only passes on what comes too late for it is over. */
    private static Optional<Summary> of(Extension extension) {
        return extension instanceof Extension.Attempt attempt
                        && !(attempt.stage() instanceof Extension.Stage.HandedOver)
                ? Optional.of(new Summary(
                        "", "", "extension", attempt.stage().getClass().getSimpleName()))
                : Optional.empty();
    }

    private static Summary of(Conversation talk) {
        boolean pager = talk.leg() instanceof Leg.NoSession;
        return new Summary(
                talk.parties().sipUri(),
                talk.parties().impsAddress(),
                pager ? "pager" : "session",
                talk.leg().getClass().getSimpleName());
    }

    List<MailboxKey> keys() {
        return List.copyOf(live.keySet());
    }

    @Override
    public long count() {
        return live.size();
    }

    @Override
    public List<Session> sessions(int atMost) {
        return live.entrySet().stream()
                .map(entry -> shown(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Session::lastUsed).reversed())
                .limit(atMost)
                .toList();
    }

    private static Session shown(MailboxKey key, Live live) {
        Summary summary = live.summary();
        return new Session(
                key.text(),
                summary.sipUser(),
                summary.impsUser(),
                summary.mode(),
                summary.state(),
                live.since(),
                live.lastUsed());
    }
}
