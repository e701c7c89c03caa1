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

/** The conversations that this node decided last, for {@code /api/sessions} and for draining. Safe from any thread. */
final class LiveConversations implements SessionView {

    private record Live(Conversation conversation, Instant since, Instant lastUsed) {}

    private final ConcurrentHashMap<MailboxKey, Live> live = new ConcurrentHashMap<>();

    /** A decision was saved; conversations that only remember ids against repeats are not shown. */
    void decided(MailboxKey key, Optional<State> next, Instant now) {
        if (next.isPresent()
                && next.get() instanceof State.OfConversation(Conversation conversation)
                && !conversation.isQuiet()) {
            live.compute(key, (same, before) -> new Live(conversation, before == null ? now : before.since(), now));
        } else {
            live.remove(key);
        }
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
        Conversation conversation = live.conversation();
        boolean pager = conversation.leg() instanceof Leg.NoSession;
        return new Session(
                key.text(),
                conversation.parties().sipUri(),
                conversation.parties().impsAddress(),
                pager ? "pager" : "session",
                conversation.leg().getClass().getSimpleName(),
                live.since(),
                live.lastUsed());
    }
}
