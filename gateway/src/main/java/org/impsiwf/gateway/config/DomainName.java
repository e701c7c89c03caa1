package org.impsiwf.gateway.config;

/** A domain, in lower case. */
public record DomainName(String value) {
    @Override
    public String toString() {
        return value;
    }
}
