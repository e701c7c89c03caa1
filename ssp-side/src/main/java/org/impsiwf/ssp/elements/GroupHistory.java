package org.impsiwf.ssp.elements;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.UserId;

/** What was said in the groups that we host, for those who may know it (SSP 16.2.7). */
public interface GroupHistory {

    /**
     * The messages of the group that the reader may see, oldest first, as they were distributed.
     *
     * @param atMost only the newest so many
     * @throws Refusal 800 (no such group), 821 (it keeps no history), 809 (the reader is rejected), 810 (not a member of a
     *     restricted group) or 808 (not joined)
     */
    Page read(GroupId group, UserId reader, OptionalInt atMost);

    /** One message by the id that {@link #read} gave, absent when the reader may not see it or no group has it any more. */
    Optional<SendMessageRequest> message(MessageId id, UserId reader);

    /** @param total how many the reader may see, however few were asked for */
    record Page(List<SendMessageRequest> messages, int total) {
        public Page {
            messages = List.copyOf(messages);
        }
    }
}
