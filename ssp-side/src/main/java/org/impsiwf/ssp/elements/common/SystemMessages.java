package org.impsiwf.ssp.elements.common;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.SystemMessage.AnswerOption;
import org.impsiwf.ssp.primitives.UserId;

/** Where our domain sends system messages to users (SSP 13.1.11). */
public interface SystemMessages {

    /**
     * What is said.
     *
     * @param options of which the answer chooses one; none for a message without a choice
     * @param requiresResponse whether the user has to answer
     * @param verification what the user has to prove by the answer
     */
    record Draft(
            String text, List<AnswerOption> options, boolean requiresResponse, Optional<Verification> verification) {
        public Draft {
            options = List.copyOf(options);
        }

        /** Words that need no answer. */
        public static Draft of(String text) {
            return new Draft(text, List.of(), false, Optional.empty());
        }

        boolean canBeAnswered() {
            return requiresResponse || !options.isEmpty() || verification.isPresent();
        }
    }

    /**
     * A task that a person can do, such as to read letters in a picture.
     *
     * @param text the task in words
     * @param url where the task is shown
     * @param key its solution
     */
    record Verification(Optional<String> text, Optional<String> url, String key) {
        @Override
        public String toString() {
            return "Verification[text=" + text + ", url=" + url + "]";
        }
    }

    /** Who gets to know the right answers of users to our messages. */
    interface Answered {
        void answered(UserId user, SystemMessage.Response response);
    }

    /**
     * Sends it after the current request was answered; an answer to it is taken from now on.
     *
     * @return the message's id
     */
    String send(UserId user, Draft draft);

    /** Which of a user's answers are to messages that we have sent ourselves (SSP-239). */
    List<SystemMessage.Response> toOurs(UserId user, List<SystemMessage.Response> answers);

    /** Takes answers that came with something else, a log-in, as if the user had sent them alone (SSP 12.1.1, 13.1.12). */
    Status take(UserId user, List<SystemMessage.Response> answers);
}
