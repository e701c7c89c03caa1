package org.impsiwf.testkit.domain;

import java.time.Duration;

/**
 * What a simulated user does with a message or an invitation.
 *
 * @param status of a refusal, an SSP status code
 * @param delay before anything is done
 */
public record Script(Answer answer, int status, Duration delay) {

    /** The kinds of answer. */
    public enum Answer {
        /** Takes it. */
        ACCEPT,
        /** Takes it and sends it back. */
        ECHO,
        /** Refuses with the status. */
        REFUSE,
        /** Answers nothing; a test may still do it by hand. */
        SILENT
    }

    public static Script accepting() {
        return new Script(Answer.ACCEPT, 200, Duration.ZERO);
    }

    public static Script echoing() {
        return new Script(Answer.ECHO, 200, Duration.ZERO);
    }

    public static Script refusing(int status) {
        return new Script(Answer.REFUSE, status, Duration.ZERO);
    }

    public static Script silent() {
        return new Script(Answer.SILENT, 200, Duration.ZERO);
    }

    public Script after(Duration time) {
        return new Script(answer, status, time);
    }

    boolean takes() {
        return answer == Answer.ACCEPT || answer == Answer.ECHO;
    }
}
