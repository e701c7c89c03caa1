package org.impsiwf.gateway.admin;

/** Where the gateway is in its life. */
public enum Phase {
    /** Not everything listens yet. */
    STARTING,
    /** Everything listens. Peers may be down: messages for them are refused truthfully. */
    READY,
    /** SIGTERM came: nothing new is taken, what runs may finish. */
    DRAINING
}
