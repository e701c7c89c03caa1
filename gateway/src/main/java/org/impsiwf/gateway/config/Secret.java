package org.impsiwf.gateway.config;

/** A password or what stands for one. Prints as stars, so that no record that holds it can leak it. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
