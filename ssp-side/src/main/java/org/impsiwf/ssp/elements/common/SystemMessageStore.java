package org.impsiwf.ssp.elements.common;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.primitives.UserId;

/** System messages that wait for an answer, and who answers too badly. */
public interface SystemMessageStore {

    /** The provider that we are ourselves. */
    String OURSELVES = "";

    /**
     * One message that a user may answer.
     *
     * @param provider the domain that gets the answer, or {@link #OURSELVES}
     * @param verificationKey what the answer has to contain
     * @param options of which an answer chooses one; none where there is no choice
     */
    record Pending(
            UserId user,
            String id,
            String provider,
            Optional<String> verificationKey,
            Set<String> options,
            Instant expires) {
        public Pending {
            options = Set.copyOf(options);
        }
    }

    void put(Collection<Pending> messages);

    List<Pending> find(UserId user, Collection<String> ids);

    void remove(UserId user, Collection<String> ids);

    AnswerGuard guard(UserId user, String provider);

    /**
     * Changes a guard while nobody else does.
     *
     * @param change may be called more than once
     * @return the guard afterwards
     */
    AnswerGuard changeGuard(UserId user, String provider, UnaryOperator<AnswerGuard> change);

    void forgetExpired(Instant now);
}
