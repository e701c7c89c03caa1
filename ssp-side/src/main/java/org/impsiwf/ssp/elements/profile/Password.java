package org.impsiwf.ssp.elements.profile;

/**
 * A user's password. Kept as it is: each digest scheme of CSP hashes a nonce with the password itself, so no hash made
 * beforehand would do (SSP 12.1.1).
 */
public record Password(String value) {

    /** Hidden, so that no log shows it. */
    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
