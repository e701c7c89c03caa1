package org.impsiwf.sip.stack;

import java.util.Optional;
import org.impsiwf.sip.body.ReceivedBody;
import org.impsiwf.sip.body.ReceivedBody.UriListPart;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.header.AddressHeader;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.sip.header.UriHeaders;
import org.impsiwf.sip.list.ResourceLists;
import org.impsiwf.sip.list.UriListException;

/** What a request says of conferences. Pure. */
final class ConferenceParts {

    private ConferenceParts() {}

    /** @throws UriListException when a list of the body cannot be taken */
    static Conferencing of(ReceivedMessage message, ReceivedBody body) throws UriListException {
        return new Conferencing(list(body), Optional.empty(), isFocus(message));
    }

    static Conferencing replacing(Conferencing before, InviteUsageId replaced) {
        return new Conferencing(before.list(), Optional.of(replaced), before.isFocus());
    }

    private static Optional<UriList> list(ReceivedBody body) throws UriListException {
        return body.lists().isEmpty()
                ? Optional.empty()
                : Optional.of(ResourceLists.read(
                        body.lists().stream().map(UriListPart::document).toList()));
    }

    /** RFC 4579 §5.10: the dialog that an entry of the list is to come from, as a header of its URI. */
    static Optional<String> replacedInList(Conferencing conferencing) {
        return conferencing.list().stream()
                .flatMap(list -> list.entries().stream())
                .flatMap(entry -> SipAddress.parse(entry.uri().value()).stream())
                .filter(uri -> uri.headers().isPresent())
                .flatMap(uri -> Optional.ofNullable(UriHeaders.of(uri).get("replaces")).stream())
                .findFirst();
    }

    /** RFC 4579 §4: whose Contact says so hosts the conference. */
    private static boolean isFocus(ReceivedMessage message) {
        return message.values("Contact").stream().anyMatch(ConferenceParts::isFocus);
    }

    private static boolean isFocus(String contact) {
        try {
            return AddressHeader.parse(contact).params().containsKey("isfocus");
        } catch (HeaderException e) {
            return false; // the stack has read it, so this is no address that anybody could be reached at
        }
    }
}
