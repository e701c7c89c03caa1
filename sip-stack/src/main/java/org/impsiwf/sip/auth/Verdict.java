package org.impsiwf.sip.auth;

import java.util.List;

/** What authentication says of a request. */
public sealed interface Verdict {

    /** It came from a trusted source: who speaks is for the trust domain to say. */
    record Trusted() implements Verdict {}

    /**
     * The user proved itself and is whom the request speaks for.
     *
     * @param authenticationInfo the Authentication-Info value for the 2xx (RFC 7616 §3.5)
     */
    record Authenticated(User user, String authenticationInfo) implements Verdict {}

    /**
     * Credentials are asked for.
     *
     * @param status 401 or 407
     * @param headerName {@code WWW-Authenticate} or {@code Proxy-Authenticate}
     * @param headerValues one header each
     */
    record Challenged(int status, String headerName, List<String> headerValues) implements Verdict {

        public Challenged {
            headerValues = List.copyOf(headerValues);
        }
    }

    /** No credentials would help: 400 for malformed ones, 403 for a user that speaks for another. */
    record Refused(int status, String reason) implements Verdict {}
}
