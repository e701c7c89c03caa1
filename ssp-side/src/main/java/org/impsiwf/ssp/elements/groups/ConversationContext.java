package org.impsiwf.ssp.elements.groups;

import java.util.function.Predicate;
import org.impsiwf.ssp.primitives.UserId;

/**
 * What the extension of conversations works with besides the groups.
 *
 * @param takesNotices whether group change notices were agreed for that user (CSPX-07)
 */
public record ConversationContext(
        ConversationStore store,
        GroupsElsewhere elsewhere,
        ConversationSettings settings,
        Predicate<UserId> takesNotices) {

    public ConversationContext with(ConversationSettings other) {
        return new ConversationContext(store, elsewhere, other, takesNotices);
    }

    public ConversationContext whereNoticesAreAgreed(Predicate<UserId> other) {
        return new ConversationContext(store, elsewhere, settings, other);
    }
}
