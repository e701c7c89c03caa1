package org.impsiwf.msrp.session;

/** What is to be done, in order, once the next state is set. */
public enum RelayEffect {
    /** The recipients may write what has come. */
    BEGIN,
    PAUSE_SENDER,
    RESUME_SENDER,
    /** Whoever lacks a whole window goes without the rest. */
    DROP_SLOW,
    /** Whoever has not got all of it goes without the rest. */
    DROP_ALL,
    /** Nobody gets the rest, and whoever has got a part is told so. */
    BREAK_OFF,
    /** Tell what became of it. */
    CONCLUDE
}
