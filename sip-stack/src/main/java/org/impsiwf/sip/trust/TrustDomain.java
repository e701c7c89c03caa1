package org.impsiwf.sip.trust;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.auth.TrustedSources;
import org.impsiwf.sip.auth.User;
import org.impsiwf.sip.auth.Verdict;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.header.AddressHeader;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.HeaderText;

/** The trust domain of RFC 3325: who is believed about identities, and who is told them. Pure. */
public final class TrustDomain {

    /** RFC 3323 §4.1.1.3, RFC 3325 §9.1. */
    private static final NameAddr ANONYMOUS =
            new NameAddr(Optional.of("Anonymous"), new SipUri("sip:anonymous@anonymous.invalid"));

    private static final int MOST_IDENTITIES = 8;

    private final TrustedSources trusted;

    public TrustDomain(TrustedSources trusted) {
        this.trusted = trusted;
    }

    /** Whether a node at that address belongs to the trust domain. */
    public boolean trusts(InetAddress peer) {
        return trusted.contains(peer);
    }

    /**
     * Who sent an authenticated request.
     *
     * @param verdict {@link Verdict.Trusted} or {@link Verdict.Authenticated}
     * @throws HeaderException when an identity header breaks its grammar (400)
     * @throws IllegalArgumentException for a verdict that let nobody in
     */
    public Originator originator(ReceivedIdentity received, Verdict verdict) throws HeaderException {
        NameAddr from = AddressHeader.parse(received.from()).nameAddr();
        NameAddr identity = switch (verdict) {
            case Verdict.Trusted t -> asserted(received.assertedIdentities()).orElse(from);
            case Verdict.Authenticated proven -> ownIdentity(proven.user(), from);
            case Verdict.Challenged c -> throw new IllegalArgumentException("not authenticated: " + c.status());
            case Verdict.Refused r -> throw new IllegalArgumentException("not authenticated: " + r.status());
        };
        return new Originator(identity, wantsPrivacy(received), instance(received.contacts()), received.source());
    }

    /** RFC 3325 §9.1: one sip or sips URI and one tel URI at most; the SIP one is the user. Others are not believed. */
    private static Optional<NameAddr> asserted(List<String> values) throws HeaderException {
        List<AddressHeader> identities = AddressHeader.parseAll(values);
        if (identities.size() > MOST_IDENTITIES) {
            throw new HeaderException("more than " + MOST_IDENTITIES + " asserted identities");
        }
        Optional<NameAddr> number = Optional.empty();
        for (AddressHeader identity : identities) {
            NameAddr address = identity.nameAddr();
            String scheme = address.uri().scheme();
            if (scheme.equals("sip") || scheme.equals("sips")) {
                return Optional.of(address);
            }
            if (scheme.equals("tel") && number.isEmpty()) {
                number = Optional.of(address);
            }
        }
        return number;
    }

    private static NameAddr ownIdentity(User user, NameAddr from) {
        Optional<String> name = from.displayName().or(user::name);
        return new NameAddr(name, new SipUri("sip:" + user.id()));
    }

    /** RFC 3323 §4.2: {@code none} forbids privacy; id, user, header and session ask for it. */
    private static boolean wantsPrivacy(ReceivedIdentity received) {
        boolean asked = false;
        for (String value : received.privacy()) {
            for (String token : value.toLowerCase(Locale.ROOT).split("[;,\\s]+")) {
                switch (token) {
                    case "none" -> {
                        return false;
                    }
                    case "id", "user", "header", "session" -> asked = true;
                    default -> {} // "critical" and extensions name no one
                }
            }
        }
        return asked;
    }

    private static Optional<String> instance(List<String> contacts) {
        if (contacts.isEmpty()) {
            return Optional.empty();
        }
        try {
            return AddressHeader.parseAll(contacts).stream()
                    .flatMap(contact -> Optional.ofNullable(contact.params().get("+sip.instance")).stream())
                    .findFirst();
        } catch (HeaderException e) {
            return Optional.empty(); // a Contact that cannot be read names no device; whoever needs it refuses it
        }
    }

    /**
     * Towards a trusted peer: the true identity in P-Asserted-Identity, with {@code Privacy: id} where privacy was asked
     * for (RFC 3325 §7). Towards others: no P-Asserted-Identity, and an anonymous From where privacy was asked for.
     */
    public OutgoingIdentity outgoing(Sender sender, boolean peerTrusted) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (peerTrusted) {
            headers.put("P-Asserted-Identity", AddressHeader.write(clean(sender.from())));
        }
        if (sender.privacy()) {
            headers.put("Privacy", "id");
        }
        NameAddr from = sender.privacy() ? ANONYMOUS : clean(sender.from());
        return new OutgoingIdentity(from, Map.copyOf(headers));
    }

    /** A display name comes from another network: no control characters in it, and no more than a screen can show. */
    private static NameAddr clean(NameAddr address) {
        Optional<String> name = address.displayName()
                .map(text -> HeaderText.unquote(HeaderText.quote(text)).strip())
                .map(text -> text.length() > 200 ? text.substring(0, 200) : text)
                .filter(text -> !text.isEmpty());
        return new NameAddr(name, address.uri());
    }
}
