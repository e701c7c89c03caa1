package org.impsiwf.testkit.flow;

import java.time.Duration;
import java.util.List;

/**
 * A call flow.
 *
 * @param name of its file, without the ending
 * @param title its first line
 * @param notes the comment lines that follow the title
 */
public record Flow(String name, String title, List<String> notes, List<Step> steps) {

    public Flow {
        notes = List.copyOf(notes);
        steps = List.copyOf(steps);
    }

    /** One line that does something. */
    public sealed interface Step {
        int line();

        /** Injected when it goes to the gateway, expected when it comes from there. */
        record Message(int line, FlowMessage message) implements Step {}

        /** Time passes. */
        record Wait(int line, Duration duration) implements Step {}

        /** How the world is set up from here on. */
        record Given(int line, String key, String value) implements Step {}
    }
}
