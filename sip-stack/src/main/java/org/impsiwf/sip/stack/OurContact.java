package org.impsiwf.sip.stack;

import java.util.Locale;
import java.util.Optional;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.sip.resolve.Transport;

/** The Contact of a dialog of ours, and what a request to it means. Pure. */
final class OurContact {

    /** The domain of a conference whose user part stands in a Contact: the address there is where we listen. */
    private static final String DOMAIN = "conference";

    private OurContact() {}

    /**
     * Our Contact at a point, towards a peer at that address. The user part of the local address makes it readable in traces; a focus has that of its conference,
     * so that whoever asks at this address asks for the conference (RFC 4579 §5.2), and {@code isfocus} (RFC 3840).
     */
    static String write(NameAddr local, Optional<SipUri> focus, SipPoint point, String peer) {
        Optional<SipAddress> conference = focus.flatMap(uri -> SipAddress.parse(uri.value()));
        String user = conference
                .or(() -> SipAddress.parse(local.uri().value()))
                .flatMap(SipAddress::user)
                .map(name -> name + '@')
                .orElse("");
        String transport = point.transport() == Transport.UDP
                ? ""
                : ";transport=" + point.transportName().toLowerCase(Locale.ROOT);
        String domain = conference
                .filter(uri -> uri.host().indexOf(':') < 0) // no parameter may hold the colons of an IPv6 address
                .map(uri -> ';' + DOMAIN + '=' + uri.host())
                .orElse("");
        return "<sip:" + user + point.contactTowards(peer) + transport + domain + '>'
                + (focus.isPresent() ? ";isfocus" : "");
    }

    /** Whom a URI names that may be a Contact of ours: the conference, else what it says. */
    static SipUri meant(SipUri uri) {
        return SipAddress.parse(uri.value())
                .filter(address -> address.user().isPresent())
                .flatMap(address -> address.param(DOMAIN)
                        .filter(domain -> !domain.isEmpty())
                        .map(domain ->
                                new SipUri("sip:" + address.user().get() + '@' + domain.toLowerCase(Locale.ROOT))))
                .orElse(uri);
    }
}
