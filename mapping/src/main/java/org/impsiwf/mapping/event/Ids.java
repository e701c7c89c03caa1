package org.impsiwf.mapping.event;

/** Where new ids come from; the only source of chance in the mapping. */
@FunctionalInterface
public interface Ids {

    /** An id never given before and not to be guessed: 16 to 26 ASCII letters and digits. */
    String next();
}
