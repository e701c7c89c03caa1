package org.impsiwf.sip.event;

/** Names one subscription (RFC 6665 §4.4.1), issued by the edge for the SUBSCRIBE that begins it. */
public record SubscriptionId(String value) {}
