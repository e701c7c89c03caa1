package org.impsiwf.sip.stack;

/** Counts what happens. Called on the stack's threads: it must not block and must not throw. */
@FunctionalInterface
public interface SipCounters {

    SipCounters NONE = (name, detail) -> {};

    /**
     * @param name such as {@code sip.request}, {@code sip.refused}, {@code sip.failure}; a small fixed set
     * @param detail a method, a status or a cause; a small set
     */
    void count(String name, String detail);
}
