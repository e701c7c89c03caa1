package org.impsiwf.sip.event;

/** Names a server transaction that waits for its final response; live only at the edge of the node that has it. */
public record SipTransactionId(String value) {}
