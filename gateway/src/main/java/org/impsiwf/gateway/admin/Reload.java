package org.impsiwf.gateway.admin;

import java.util.List;

/** Reads the configuration again, on an operator's word. Called on virtual threads. */
public interface Reload {

    /** Takes over what can change while running; one at a time. */
    Outcome reload();

    /** What came of it. */
    sealed interface Outcome {

        /**
         * The new configuration is in force, as far as it can be without a restart.
         *
         * @param changes what was taken over, a line each; empty when nothing had changed
         * @param restart keys that have changed and are still as they were
         */
        record Done(List<String> changes, List<String> restart) implements Outcome {}

        /** The file has mistakes; nothing was changed. */
        record Refused(List<String> problems) implements Outcome {}
    }
}
