package org.impsiwf.mapping.content;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.msrp.cpim.CpimHeader;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.impsiwf.msrp.cpim.MalformedCpim;

/** What the mapping reads in a {@code message/cpim} body (RFC 3862). */
public final class Cpim {

    /** RFC 3862 §2.2 and RFC 5438 §6: what a Require header may name. */
    private static final Set<String> KNOWN = Set.of(
            "from", "to", "cc", "datetime", "subject", "ns", "require", "message-id", "disposition-notification");

    private Cpim() {}

    /** Takes a body apart; 400 when it is none, 415 when it requires what we do not know (RFC 3862 §4.7). */
    public static CpimMessage open(byte[] body) throws ContentException {
        try {
            CpimMessage message = CpimMessage.parse(body);
            refuseUnknownRequirements(message);
            return message;
        } catch (MalformedCpim malformed) {
            throw new ContentException(400, "message/cpim: " + malformed.getMessage());
        }
    }

    /** A header of the IMDN namespace, whatever prefix the sender gave it (RFC 5438 §6.1). */
    public static Optional<String> imdn(CpimMessage message, String name) {
        return message.header(CpimMessage.IMDN_NAMESPACE, name);
    }

    /** Whether the sender asked for a notification of this kind ({@code positive-delivery}, …). */
    public static boolean asksFor(CpimMessage message, String kind) {
        return imdn(message, "Disposition-Notification")
                .map(value -> Arrays.stream(value.split(","))
                        .anyMatch(asked -> asked.strip().equalsIgnoreCase(kind)))
                .orElse(false);
    }

    private static void refuseUnknownRequirements(CpimMessage message) throws ContentException {
        for (CpimHeader header : message.headers()) {
            if (!header.namespace().isEmpty() || !header.name().equals("Require")) {
                continue;
            }
            for (String name : header.value().split(",")) {
                String local = name.strip().toLowerCase(Locale.ROOT);
                if (!KNOWN.contains(local.substring(local.lastIndexOf('.') + 1))) {
                    throw new ContentException(415, "a CPIM message requires a header that is not known here");
                }
            }
        }
    }
}
