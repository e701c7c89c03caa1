package org.impsiwf.mapping.content;

import java.time.Instant;
import java.util.List;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.cpim.CpimHeader;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.cpim.CpimMessage.MimeHeader;

/** Wraps what somebody says to somebody in {@code message/cpim} (RFC 3862, RFC 5438). */
public record CpimEnvelope(CpimAddress from, CpimAddress to) {

    /** @param id IMDN Message-ID */
    public CpimMessage message(String id, Instant at, String contentType, byte[] content) {
        return CpimMessage.of(from, to, contentType, content)
                .with(CpimHeader.of("DateTime", Imdn.dateTime(at)))
                .with(imdn("Message-ID", id));
    }

    /** The same message, asking for delivery notifications (RFC 5438 §7.1.1). */
    public static CpimMessage askingForReports(CpimMessage message) {
        return message.with(imdn("Disposition-Notification", "positive-delivery, negative-delivery"));
    }

    /** RFC 5438 §7.2.1.1. */
    public CpimMessage notification(String id, Instant at, Imdn imdn) {
        CpimMessage wrapped = message(id, at, MediaType.IMDN, imdn.encode());
        return new CpimMessage(
                wrapped.headers(),
                List.of(wrapped.mimeHeaders().getFirst(), new MimeHeader("Content-Disposition", "notification")),
                wrapped.content());
    }

    private static CpimHeader imdn(String name, String value) {
        return new CpimHeader(CpimMessage.IMDN_NAMESPACE, name, "", value);
    }
}
