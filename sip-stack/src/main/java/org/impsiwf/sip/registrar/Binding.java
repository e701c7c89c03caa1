package org.impsiwf.sip.registrar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.sip.header.HeaderText;
import org.impsiwf.sip.header.SipAddress;

/**
 * One contact of a user.
 *
 * @param contact the URI
 * @param qThousandths 0–1000, 1000 when the client named none
 * @param callId of the REGISTER that set it, with its {@code cseq}: an older one changes nothing
 * @param path Path values in order, as received (RFC 3327); the route set towards the contact
 * @param instance {@code +sip.instance} without quotes, with its angle brackets
 * @param regId of an outbound registration (RFC 5626); only with an instance
 * @param flow names the connection that the registration came over, for clients that cannot be reached otherwise
 */
public record Binding(
        String contact,
        int qThousandths,
        Instant expiresAt,
        String callId,
        long cseq,
        List<String> path,
        Optional<String> instance,
        OptionalInt regId,
        Optional<String> flow) {

    boolean isLive(Instant now) {
        return now.isBefore(expiresAt);
    }

    /** RFC 5626 §6: instance and reg-id name an outbound binding; the URI (RFC 3261 §19.1.4) names any other. */
    boolean replaces(Binding older) {
        if (regId.isPresent() && older.regId.isPresent()) {
            return instance.equals(older.instance) && regId.equals(older.regId);
        }
        return contact.equals(older.contact)
                || SipAddress.parse(contact)
                        .flatMap(mine -> SipAddress.parse(older.contact).map(mine::isSameUri))
                        .orElse(false);
    }

    /** As a Contact value of the 200. */
    String asContact(Instant now) {
        var text = new StringBuilder("<").append(contact).append(">;expires=");
        text.append(Math.max(0, Duration.between(now, expiresAt).toSeconds()));
        if (qThousandths < 1000) {
            text.append(";q=0.").append("%03d".formatted(qThousandths));
        }
        instance.ifPresent(value -> text.append(";+sip.instance=").append(HeaderText.quote(value)));
        regId.ifPresent(value -> text.append(";reg-id=").append(value));
        return text.toString();
    }
}
