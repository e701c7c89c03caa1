package org.impsiwf.sip.registrar;

import java.util.List;
import java.util.Optional;

/**
 * A REGISTER whose sender was authenticated for its To; header values as received.
 *
 * @param to the To value
 * @param contacts all Contact values, several in one value allowed
 * @param supported all option tags of Supported
 * @param flow names the connection it came over, where one could be used to reach the client
 */
public record RegisterRequest(
        String requestUri,
        String to,
        String callId,
        long cseq,
        List<String> contacts,
        Optional<String> expires,
        List<String> path,
        List<String> supported,
        Optional<String> flow) {}
