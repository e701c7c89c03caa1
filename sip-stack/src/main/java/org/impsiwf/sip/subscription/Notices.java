package org.impsiwf.sip.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The NOTIFYs of a subscription in their order, one at a time (RFC 6665 §4.2.2).
 *
 * @param sent the one that has no final response yet
 */
public record Notices(Optional<Sent> sent, List<Notice> waiting) {

    static final Notices NONE = new Notices(Optional.empty(), List.of());

    /** A subscriber that is further behind is not there. */
    private static final int MOST = 64;

    /**
     * A NOTIFY that is out.
     *
     * @param due when it goes out again, where the subscriber said so ({@code again}); else when its answer is given up
     */
    public record Sent(Notice notice, boolean again, Instant due) {}

    public Notices {
        waiting = List.copyOf(waiting);
    }

    boolean isFull() {
        return waiting.size() >= MOST;
    }

    Notices and(Notice notice) {
        var longer = new ArrayList<>(waiting);
        longer.add(notice);
        return new Notices(sent, longer);
    }

    /** What waits is out of date: only that one follows. */
    Notices only(Notice notice) {
        return new Notices(sent, List.of(notice));
    }

    Notices sending(Instant giveUpAt) {
        return new Notices(
                Optional.of(new Sent(waiting.getFirst(), false, giveUpAt)), waiting.subList(1, waiting.size()));
    }

    Notices answered() {
        return new Notices(Optional.empty(), waiting);
    }

    Notices later(Instant again) {
        return new Notices(sent.map(out -> new Sent(out.notice(), true, again)), waiting);
    }

    Notices again(Instant giveUpAt) {
        return new Notices(sent.map(out -> new Sent(out.notice(), false, giveUpAt)), waiting);
    }

    Optional<Instant> deadline() {
        return sent.map(Sent::due);
    }
}
