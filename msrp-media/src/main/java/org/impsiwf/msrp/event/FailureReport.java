package org.impsiwf.msrp.event;

/** RFC 4975 §7.1.2: {@code yes} (the default) wants responses and failure REPORTs, {@code partial} only bad news, {@code no} none. */
public enum FailureReport {
    YES,
    PARTIAL,
    NO
}
