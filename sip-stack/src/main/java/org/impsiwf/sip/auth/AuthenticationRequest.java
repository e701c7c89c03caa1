package org.impsiwf.sip.auth;

import java.net.InetAddress;
import java.util.List;

/**
 * What of a request decides whether its sender is known.
 *
 * @param fromUri the URI of From, for REGISTER the URI of To: whom the request speaks for
 * @param realm the served domain that the request concerns
 * @param authorization all Authorization values
 * @param proxyAuthorization all Proxy-Authorization values
 * @param body as received, before any content encoding was undone
 */
public record AuthenticationRequest(
        String method,
        String requestUri,
        String fromUri,
        String realm,
        InetAddress source,
        List<String> authorization,
        List<String> proxyAuthorization,
        byte[] body,
        ChallengeKind kind) {}
