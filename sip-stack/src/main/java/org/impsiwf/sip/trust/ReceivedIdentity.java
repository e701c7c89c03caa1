package org.impsiwf.sip.trust;

import java.util.List;

/**
 * What a request says of its sender, header values as received.
 *
 * @param from the From value
 * @param assertedIdentities all P-Asserted-Identity values
 * @param privacy all Privacy values
 * @param contacts all Contact values
 * @param source {@code address:port} that it came from
 */
public record ReceivedIdentity(
        String from, List<String> assertedIdentities, List<String> privacy, List<String> contacts, String source) {}
