package org.impsiwf.ssp.event;

/** Issued by whoever orders a request; its outcome comes back under the same id. Not the Transaction-ID of the wire. */
public record SspRequestId(String value) {}
