package org.impsiwf.msrp.event;

/** Names an MSRP session inside the gateway. It is not the session-id of the MSRP URI, which nobody may guess. */
public record MsrpSessionId(String value) {}
