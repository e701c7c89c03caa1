package org.impsiwf.gateway.config;

/** A whole configuration, with rules between its keys. */
interface Checked {

    /** Reports what contradicts itself; every single value is valid already, or its default. */
    void check(Findings findings);
}
