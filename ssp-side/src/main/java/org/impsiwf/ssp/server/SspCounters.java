package org.impsiwf.ssp.server;

import java.util.Optional;
import org.impsiwf.ssp.primitives.ServiceId;

/** Where counts go. Called on event loops: cheap, and safe from any thread. */
@FunctionalInterface
public interface SspCounters {

    SspCounters NONE = (what, peer, detail) -> {};

    /**
     * @param peer absent where none is known yet
     * @param detail a status code, an HTTP status or a primitive's name, from a small set; empty when there is none
     */
    void count(Counted what, Optional<ServiceId> peer, String detail);
}
