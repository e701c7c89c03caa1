package org.impsiwf.sip.trust;

import java.util.Map;
import org.impsiwf.sip.event.NameAddr;

/**
 * What a request of ours says of its sender.
 *
 * @param from the From address, without tag
 * @param headers P-Asserted-Identity and Privacy where they are due
 */
public record OutgoingIdentity(NameAddr from, Map<String, String> headers) {}
