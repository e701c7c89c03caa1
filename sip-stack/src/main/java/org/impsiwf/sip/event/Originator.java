package org.impsiwf.sip.event;

import java.util.Optional;

/**
 * Who sent a request, as far as it was proven.
 *
 * @param identity the user that the mapping acts for: P-Asserted-Identity from a trusted source (RFC 3325), else the user
 *     that proved itself by digest; a trusted source without P-Asserted-Identity is taken at its From
 * @param privacy whether the user asked not to be named towards others (RFC 3323 {@code Privacy: id})
 * @param source address and port that the request came from, for the log line only
 */
public record Originator(NameAddr identity, boolean privacy, Optional<String> instance, String source) {}
