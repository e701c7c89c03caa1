package org.impsiwf.sip.stack;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.body.ReceivedBody;
import org.impsiwf.sip.body.ReceivedBody.UriListPart;
import org.impsiwf.sip.event.ReferTarget;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.header.AddressHeader;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.sip.header.UriHeaders;
import org.impsiwf.sip.list.ResourceLists;
import org.impsiwf.sip.list.UriListException;

/**
 * Whom a REFER names (RFC 3515 §2.1, RFC 5368 §7), or why it names nobody. Pure.
 *
 * @param several whether they stand in a list
 */
record ReferTargets(List<ReferTarget> targets, boolean several, Optional<Response> refusal) {

    private static final String LIST = "cid";

    /** @param resource whom the REFER was sent to */
    static ReferTargets of(List<String> referTo, ReceivedBody body, SipUri resource) {
        try {
            List<AddressHeader> values = AddressHeader.parseAll(referTo);
            if (values.size() != 1) {
                return refused(400, "A REFER has one Refer-To"); // RFC 3515 §2.4.2
            }
            SipUri uri = values.getFirst().nameAddr().uri();
            return uri.scheme().equals(LIST) ? listed(uri, body, resource) : one(uri, resource);
        } catch (HeaderException e) {
            return refused(400, "Malformed Refer-To: " + e.getMessage());
        } catch (UriListException e) {
            return refused(e.status(), e.getMessage());
        }
    }

    private static ReferTargets refused(int status, String reason) {
        return new ReferTargets(
                List.of(), false, Optional.of(new Response(status, Optional.of(reason), Optional.empty(), Map.of())));
    }

    private static ReferTargets one(SipUri uri, SipUri resource) {
        return read(uri)
                .map(target -> accepted(List.of(target), false, resource))
                .orElseGet(() -> refused(416, "Refer-To is no SIP or tel URI"));
    }

    private static ReferTargets listed(SipUri cid, ReceivedBody body, SipUri resource) throws UriListException {
        String wanted = cid.value().substring(LIST.length() + 1);
        Optional<UriListPart> part = body.lists().stream()
                .filter(list -> list.contentId()
                        .filter(id ->
                                wanted.equals(id) || wanted.replace("%40", "@").equals(id))
                        .isPresent())
                .findFirst();
        if (part.isEmpty()) {
            return refused(400, "Refer-To points to no list");
        }
        List<Optional<ReferTarget>> read = ResourceLists.read(part.get().document()).entries().stream()
                .map(entry -> read(entry.uri()))
                .toList();
        return read.stream().allMatch(Optional::isPresent)
                ? accepted(read.stream().flatMap(Optional::stream).toList(), true, resource)
                : refused(416, "The list has an entry that is no SIP or tel URI");
    }

    private static ReferTargets accepted(List<ReferTarget> targets, boolean several, SipUri resource) {
        if (targets.stream().anyMatch(target -> target.method().equals("REFER"))) {
            return refused(403, "A REFER for a REFER"); // it could ask for the next one, without end
        }
        boolean itself =
                targets.stream().anyMatch(target -> target.method().equals("INVITE") && isSame(target.uri(), resource));
        return itself
                ? refused(482, "Refer-To names whom the REFER was sent to")
                : new ReferTargets(targets, several, Optional.empty());
    }

    private static boolean isSame(SipUri one, SipUri other) {
        Optional<String> user = SipAddress.parse(one.value()).map(SipAddress::addressOfRecord);
        return user.isPresent() && user.equals(SipAddress.parse(other.value()).map(SipAddress::addressOfRecord));
    }

    private static Optional<ReferTarget> read(SipUri uri) {
        return SipAddress.parse(uri.value())
                .map(address -> new ReferTarget(
                        OurContact.meant(bare(uri)),
                        address.param("method").orElse("INVITE").toUpperCase(Locale.ROOT),
                        UriHeaders.of(address)));
    }

    /** Without headers and method. */
    private static SipUri bare(SipUri uri) {
        String whole = OutgoingMessages.withoutHeaders(uri).value();
        int host = whole.indexOf('@') + 1;
        String tail = whole.substring(host);
        int params = tail.indexOf(';');
        if (params < 0) {
            return new SipUri(whole);
        }
        var kept = new StringBuilder(whole.substring(0, host) + tail.substring(0, params));
        for (String param : tail.substring(params + 1).split(";")) {
            if (!param.toLowerCase(Locale.ROOT).startsWith("method=")) {
                kept.append(';').append(param);
            }
        }
        return new SipUri(kept.toString());
    }
}
