package org.impsiwf.msrp.session;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last messages by their Message-ID; the oldest goes when there are too many. */
final class RecentMessages<T> extends LinkedHashMap<String, T> {
    private static final long serialVersionUID = 1L;
    private final int most;

    RecentMessages(int most) {
        super(4);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > most;
    }
}
