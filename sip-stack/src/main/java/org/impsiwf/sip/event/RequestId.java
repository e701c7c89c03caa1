package org.impsiwf.sip.event;

/** Issued by whoever orders an out-of-dialog request; the answer to it comes back under the same id. */
public record RequestId(String value) {}
