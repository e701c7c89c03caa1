package org.impsiwf.msrp.event;

/** Names a message that arrived whole and waits for the response to its last chunk. */
public record ExchangeId(String value) {}
