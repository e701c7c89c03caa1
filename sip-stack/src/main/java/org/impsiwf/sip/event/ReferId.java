package org.impsiwf.sip.event;

/** Names a REFER that waits for its answer, and then the implicit subscription to what becomes of it. */
public record ReferId(String value) {}
