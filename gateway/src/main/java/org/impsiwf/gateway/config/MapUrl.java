package org.impsiwf.gateway.config;

/** A URL with a place for a latitude and for a longitude. */
public record MapUrl(String template) {

    @Override
    public String toString() {
        return template;
    }
}
