package org.impsiwf.sip.auth;

/** Whether a request is asked for credentials by a user agent server or registrar, or by a proxy (RFC 3261 §22.2, §22.3). */
public enum ChallengeKind {
    WWW(401, "WWW-Authenticate"),
    PROXY(407, "Proxy-Authenticate");

    private final int status;
    private final String header;

    ChallengeKind(int status, String header) {
        this.status = status;
        this.header = header;
    }

    int status() {
        return status;
    }

    String header() {
        return header;
    }
}
