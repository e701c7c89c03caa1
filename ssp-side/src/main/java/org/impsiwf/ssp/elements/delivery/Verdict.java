package org.impsiwf.ssp.elements.delivery;

/** What became of one attempt. */
public sealed interface Verdict {

    /**
     * It is over, well or not.
     *
     * @param alongside what the element writes in the transaction that removes the item; only stores, it may run twice
     */
    record Over(Runnable alongside) implements Verdict {}

    /** It waits until the user logs in, or fetches it. */
    record Parked() implements Verdict {}

    /** The destination is there, but does not take this one now. */
    record PutOff() implements Verdict {}

    /** The destination is not there: nothing else for it needs to be tried now. */
    record Down() implements Verdict {}

    /** Over, with nothing more to write. */
    static Verdict over() {
        return new Over(() -> {});
    }
}
