package org.impsiwf.ssp.domain;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of them; one that fails keeps nothing from the others. */
final class SessionWatchers implements SessionWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(SessionWatchers.class);

    private final List<SessionWatcher> all = new CopyOnWriteArrayList<>();

    void add(SessionWatcher watcher) {
        all.add(watcher);
    }

    @Override
    public void began(UserId user, ClientId client) {
        each(watcher -> watcher.began(user, client));
    }

    @Override
    public void ended(UserId user, ClientId client) {
        each(watcher -> watcher.ended(user, client));
    }

    private void each(Consumer<SessionWatcher> call) {
        for (SessionWatcher watcher : all) {
            try {
                call.accept(watcher);
            } catch (RuntimeException ours) {
                LOG.error("a watcher of user sessions failed", ours);
            }
        }
    }
}
