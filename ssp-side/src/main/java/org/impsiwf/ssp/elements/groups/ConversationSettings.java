package org.impsiwf.ssp.elements.groups;

import java.time.Duration;
import java.util.Optional;

/**
 * What an operator decides about talks of two that become groups.
 *
 * @param timeout how long the partner of a talk may take to join (CSPX-29, CSPX-30)
 * @param keepsHistory whether such groups keep their messages, which each user sees from its own joining on
 * @param welcomeNote what such a group says when its initiator has given nothing (CSPX-09)
 * @param mostInvited users that one request may name
 */
public record ConversationSettings(
        Duration timeout, boolean keepsHistory, Optional<String> welcomeNote, int mostInvited) {

    public static final ConversationSettings DEFAULT =
            new ConversationSettings(Duration.ofSeconds(60), /* keepsHistory= */ true, Optional.empty(), 200);

    public ConversationSettings withTimeout(Duration other) {
        return new ConversationSettings(other, keepsHistory, welcomeNote, mostInvited);
    }

    public ConversationSettings withWelcomeNote(String other) {
        return new ConversationSettings(timeout, keepsHistory, Optional.of(other), mostInvited);
    }
}
