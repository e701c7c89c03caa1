package org.impsiwf.ssp.elements.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.UserId;

/** The sessions of other domains' users, and the challenges of those who are logging in. */
public interface UserSessionStore {

    Optional<UserSession> find(UserId user, ClientId client);

    /** All of one user. */
    List<UserSession> of(UserId user);

    /**
     * Opens it unless that client has one, or the user has that many.
     *
     * @return false when nothing was changed
     */
    boolean open(UserSession session, int most);

    /** Writes another life time; false when there is no such session any more. */
    boolean keep(UserSession session);

    /** Ends it; false when it was over already. */
    boolean close(UserId user, ClientId client);

    /** Those that are over, at most so many, the oldest first. */
    List<UserSession> expired(Instant now, int atMost);

    /** In place of an earlier one of that client. */
    void challenge(UserId user, ClientId client, Challenge challenge);

    /** Each is good for one attempt: it is gone with this. */
    Optional<Challenge> takeChallenge(UserId user, ClientId client);

    /** Forgets challenges that nobody answered. */
    void forgetChallenges(Instant now);
}
