package org.impsiwf.mapping.conversation;

import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.ssp.primitives.ServiceId;

/**
 * The two users, each under the name that either side knows.
 *
 * @param sipUri the SIP user on the SIP side
 * @param sipAsImps the SIP user on the IMPS side, in the form that the IMPS user last wrote to
 * @param impsAddress the IMPS user on the IMPS side
 * @param impsAsSip the IMPS user on the SIP side
 * @param peer who serves the IMPS user
 * @param sipName display name of the SIP user
 * @param impsName friendly name of the IMPS user
 * @param sipClient Client-ID of the device that the SIP user wrote from last
 */
public record Parties(
        String sipUri,
        String sipAsImps,
        String impsAddress,
        String impsAsSip,
        ServiceId peer,
        Optional<String> sipName,
        Optional<String> impsName,
        Optional<String> sipClient) {

    public static Parties of(Address sip, Address imps, ServiceId peer) {
        return new Parties(
                sip.sipUri(),
                sip.impsAddress(),
                imps.impsAddress(),
                imps.sipUri(),
                peer,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The mailbox of the two, the same whoever speaks first and whatever scheme names them. */
    public static MailboxKey key(Address sip, Address imps) {
        return new MailboxKey(MailboxKey.Kind.CONVERSATION, sip.canonical() + "|" + imps.canonical());
    }

    Parties seenFromSip(Optional<String> displayName, Optional<String> client) {
        Optional<String> name = Names.clean(displayName).or(() -> sipName);
        return new Parties(sipUri, sipAsImps, impsAddress, impsAsSip, peer, name, impsName, client.or(() -> sipClient));
    }

    Parties seenFromImps(String writtenTo, Optional<String> friendlyName) {
        Optional<String> name = Names.clean(friendlyName).or(() -> impsName);
        return new Parties(sipUri, writtenTo, impsAddress, impsAsSip, peer, sipName, name, sipClient);
    }
}
