package org.impsiwf.mapping.content;

import java.time.Instant;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.event.MsrpContent;

/**
 * A message in its envelope (RFC 3862), made once for however many sessions it is sent in.
 *
 * @param messageId as {@link InstantMessage#messageId}; empty when there is none
 * @param contentType of what is in the envelope
 * @param size of what is in the envelope, in bytes
 * @param envelope the whole, shared and never altered
 */
public record WrappedMessage(String messageId, String contentType, int size, MsrpContent envelope) {

    /**
     * From its sender to its recipient.
     *
     * @param id IMDN Message-ID
     */
    public static WrappedMessage of(InstantMessage message, String id, Instant at) {
        CpimAddress from = new CpimAddress(message.senderName().orElse(""), message.sender());
        byte[] octets = new CpimEnvelope(from, new CpimAddress("", message.recipient()))
                .message(id, at, message.contentType(), message.content())
                .octets();
        return new WrappedMessage(
                message.messageId(),
                message.contentType(),
                message.content().length,
                new MsrpContent(MediaType.CPIM, octets));
    }

    /** Bytes of the whole. */
    public int length() {
        return envelope.bytes().length;
    }
}
