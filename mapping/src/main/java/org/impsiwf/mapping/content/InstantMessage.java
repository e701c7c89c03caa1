package org.impsiwf.mapping.content;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * An instant message on its way from an IMPS user to a SIP user.
 *
 * @param messageId the Message-ID that the sender's side gave it, empty when it gave none
 * @param recipient the address as the sender wrote it
 * @param senderName the sender's friendly name
 * @param contentType with its parameters, charset included
 * @param content the sender's bytes, never altered
 * @param reportWanted Delivery-Report-Request
 */
public record InstantMessage(
        String messageId,
        String sender,
        String recipient,
        Optional<String> senderName,
        String contentType,
        byte[] content,
        boolean reportWanted) {

    /** The same message for another recipient. */
    public InstantMessage to(String other) {
        return new InstantMessage(messageId, sender, other, senderName, contentType, content, reportWanted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InstantMessage m
                && messageId.equals(m.messageId)
                && sender.equals(m.sender)
                && recipient.equals(m.recipient)
                && senderName.equals(m.senderName)
                && contentType.equals(m.contentType)
                && Arrays.equals(content, m.content)
                && reportWanted == m.reportWanted;
    }

    @Override
    public int hashCode() {
        return Objects.hash(messageId, sender, recipient, contentType, Arrays.hashCode(content), reportWanted);
    }

    @Override
    public String toString() {
        return "InstantMessage[" + messageId + ", " + contentType + ", " + content.length + " bytes]";
    }
}
