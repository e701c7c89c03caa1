package org.impsiwf.testkit.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which MSRP session belongs to which call: SIP and MSRP tell the same path. */
final class CallMedia {

    /**
     * A user's call.
     *
     * @param focus SIP URI of the group that it is with
     */
    record Call(String id, String user, Optional<String> focus) {}

    private final Map<String, Call> byPath = new HashMap<>();

    /** A description with this path has left for the user. */
    void described(String path, Call call) {
        byPath.put(path, call);
    }

    Optional<Call> of(String path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
