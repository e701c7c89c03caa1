package org.impsiwf.gateway.config;

/** {@code user@domain} of a SIP user, without a scheme; the domain in lower case. */
public record SipUserAddress(String user, String domain) {
    @Override
    public String toString() {
        return user + "@" + domain;
    }
}
