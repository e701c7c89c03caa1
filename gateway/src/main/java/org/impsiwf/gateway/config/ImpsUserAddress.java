package org.impsiwf.gateway.config;

/** {@code wv:user@domain} of an IMPS user (SSP 6.3.2); the domain in lower case. */
public record ImpsUserAddress(String user, String domain) {
    @Override
    public String toString() {
        return "wv:" + user + "@" + domain;
    }
}
