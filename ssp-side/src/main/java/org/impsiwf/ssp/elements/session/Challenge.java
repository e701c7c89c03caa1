package org.impsiwf.ssp.elements.session;

import java.time.Instant;

/** What a client that is logging in was asked to hash with its password (SSP 12.1.1). */
public record Challenge(String nonce, UserDigest schema, Instant expires) {}
