package org.impsiwf.sip.resolve;

import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.SipUri;

/**
 * One way to a user.
 *
 * @param requestUri what the request line says
 * @param routes Route values in order
 * @param nextHop what {@link HopResolver} finds an address for
 * @param flow the connection to be used instead while it is open, where the client registered over one
 */
public record Target(String requestUri, List<String> routes, SipUri nextHop, Optional<String> flow) {}
