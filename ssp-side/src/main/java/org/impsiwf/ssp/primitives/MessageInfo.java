package org.impsiwf.ssp.primitives;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * SSP 16: what is known of a message besides its content.
 *
 * @param messageUri where the content can be had instead of in the primitive
 * @param contentSize bytes
 * @param validity seconds on the wire; how long the message may be stored
 */
public record MessageInfo(
        Optional<MessageId> messageId,
        @Attribute("messageURI") @Also("MessageURI") Optional<String> messageUri,
        Optional<String> contentType,
        Optional<String> contentName,
        Optional<Long> contentSize,
        @Also("validlity") Optional<Duration> validity,
        List<Recipient> recipients,
        Optional<Sender> sender,

        @Element("DateTime") @Fixed(attribute = "format", value = "iso8601")
        Optional<Instant> dateTime) {

    public MessageInfo {
        recipients = List.copyOf(recipients);
    }

    public MessageInfo withMessageId(MessageId other) {
        return new MessageInfo(
                Optional.of(other),
                messageUri,
                contentType,
                contentName,
                contentSize,
                validity,
                recipients,
                sender,
                dateTime);
    }

    public MessageInfo withRecipients(List<Recipient> others) {
        return new MessageInfo(
                messageId, messageUri, contentType, contentName, contentSize, validity, others, sender, dateTime);
    }

    public MessageInfo withSender(Sender other) {
        return new MessageInfo(
                messageId,
                messageUri,
                contentType,
                contentName,
                contentSize,
                validity,
                recipients,
                Optional.of(other),
                dateTime);
    }

    public MessageInfo withDateTime(Instant other) {
        return new MessageInfo(
                messageId,
                messageUri,
                contentType,
                contentName,
                contentSize,
                validity,
                recipients,
                sender,
                Optional.of(other));
    }

    /** One of those a message is for. */
    public record Recipient(Addressee addressee) {}

    /**
     * Who sent it.
     *
     * @param display what the recipient is shown instead, for a sender who is known by a screen name only
     */
    public record Sender(
            Addressee address, @In("SenderDisplay") Optional<Displayed> display) {

        public static Sender of(Addressee address) {
            return new Sender(address, Optional.empty());
        }
    }
}
