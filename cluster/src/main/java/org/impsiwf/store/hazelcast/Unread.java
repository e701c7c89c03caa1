package org.impsiwf.store.hazelcast;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries as they were read that have more in them than this release knows, which is so only while the nodes are upgraded one
 * after the other. Who saves over one of them keeps what it does not know. As many as are worked on at a time; safe from any
 * thread.
 */
final class Unread {

    private static final int MOST = 20_000;

    private record Form(long version, byte[] content) {}

    private final Map<String, Form> forms = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Form> eldest) {
            return size() > MOST;
        }
    };

    private volatile boolean empty = true;

    void keep(String key, long version, byte[] content) {
        synchronized (forms) {
            forms.put(key, new Form(version, content));
            empty = false;
        }
    }

    Optional<byte[]> of(String key, long version) {
        if (empty) {
            return Optional.empty();
        }
        synchronized (forms) {
            return Optional.ofNullable(forms.get(key))
                    .filter(form -> form.version == version)
                    .map(Form::content);
        }
    }

    void forget(String key) {
        if (!empty) {
            synchronized (forms) {
                forms.remove(key);
                empty = forms.isEmpty();
            }
        }
    }
}
