package org.impsiwf.msrp.event;

/** RFC 4975 §7.1.2: whether the sender asked for a success REPORT. */
public enum SuccessReport {
    YES,
    NO
}
