package org.impsiwf.ssp.elements.groups;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.impsiwf.ssp.primitives.UserId;

/**
 * What the extension of conversations works with besides the groups.
 *
 * @param timeout how long the partner of a talk may take to join (CSPX-29, CSPX-30)
 * @param keepsHistory whether such groups keep their messages, which each user sees from its own joining on
 * @param welcomeNote what such a group says when its initiator has given nothing (CSPX-09)
 * @param takesNotices whether group change notices were agreed for that user (CSPX-07)
 */
public record ConversationContext(
        ConversationStore store,
        GroupsElsewhere elsewhere,
        Duration timeout,
        boolean keepsHistory,
        Optional<String> welcomeNote,
        Predicate<UserId> takesNotices) {

    public static ConversationContext of(ConversationStore store, GroupsElsewhere elsewhere) {
        return new ConversationContext(
                store,
                elsewhere,
                Duration.ofSeconds(60),
                /* keepsHistory= */ true,
                Optional.empty(),
                /* takesNotices= */ user -> true);
    }

    public ConversationContext withTimeout(Duration other) {
        return new ConversationContext(store, elsewhere, other, keepsHistory, welcomeNote, takesNotices);
    }

    public ConversationContext withWelcomeNote(String other) {
        return new ConversationContext(store, elsewhere, timeout, keepsHistory, Optional.of(other), takesNotices);
    }

    public ConversationContext whereNoticesAreAgreed(Predicate<UserId> other) {
        return new ConversationContext(store, elsewhere, timeout, keepsHistory, welcomeNote, other);
    }
}
