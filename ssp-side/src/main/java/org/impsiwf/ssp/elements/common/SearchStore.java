package org.impsiwf.ssp.elements.common;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.UserId;

/** The last search of each client. */
public interface SearchStore {

    /**
     * @param client which client of the user searches, where that is known; it has one search at a time
     * @param hits in the order in which they are delivered; users of ours without their friendly names, which may change
     * @param expires when it may no longer be continued
     */
    record Search(
            SearchId id, UserId user, Optional<ClientId> client, int pageSize, List<SearchHit> hits, Instant expires) {
        public Search {
            hits = List.copyOf(hits);
        }
    }

    /** Replaces the client's earlier search. */
    void start(Search search);

    /** Also one that has expired, for a while. */
    Optional<Search> find(SearchId id);

    void extend(SearchId id, Instant expires);

    void end(SearchId id);

    void endSession(UserId user, Optional<ClientId> client);

    /** Forgets searches that expired before that. */
    void forgetExpired(Instant before);
}
