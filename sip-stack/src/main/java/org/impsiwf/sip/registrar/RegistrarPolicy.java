package org.impsiwf.sip.registrar;

import java.time.Duration;
import java.util.Set;

/**
 * What the registrar grants.
 *
 * @param domains served, in lower case
 * @param minExpires shorter wishes are refused with 423
 * @param maxExpires longer wishes are cut
 * @param defaultExpires for a contact that names none
 * @param maxContacts of one address-of-record
 */
public record RegistrarPolicy(
        Set<String> domains, Duration minExpires, Duration maxExpires, Duration defaultExpires, int maxContacts) {

    /** RFC 3261 §10.2: an hour by default; at least a minute, at most a day. */
    public static RegistrarPolicy of(Set<String> domains) {
        return new RegistrarPolicy(domains, Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofHours(1), 10);
    }
}
