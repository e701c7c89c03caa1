package org.impsiwf.ssp.primitives;

import java.util.List;
import java.util.Optional;

/** SSP 13.1.11: a message of the operator to a user, which may ask for an answer. */
public record SystemMessage(
        @Element("SystemMessageID") String systemMessageId,
        @Element("RequiresResponse") boolean requiresResponse,
        @Element("SystemMessageText") String text,
        @In("AnswerOptions") List<AnswerOption> answerOptions,
        @In("VerificationMechanism") @Element("InText") Optional<String> verificationText,
        @In("VerificationMechanism") @Element("URL") Optional<String> verificationUrl) {

    public SystemMessage {
        answerOptions = List.copyOf(answerOptions);
    }

    /** One of the answers to choose from. */
    public record AnswerOption(
            @Element("AnswerOptionID") String id,
            @Element("AnswerOptionText") String text) {}

    /** SSP 13.1.12: the user's answer. */
    @Element("SystemMessageResponse")
    public record Response(
            @Element("SystemMessageID") String systemMessageId,
            @Element("ChosenOptionID") Optional<String> chosenOptionId,
            @Element("VerificationKey") Optional<String> verificationKey) {}
}
