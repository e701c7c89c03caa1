package org.impsiwf.gateway.config;

/** A choice that is not written like its constant, in lower case. */
public interface Spelt {

    /** As it is written in the file. */
    String spelling();
}
