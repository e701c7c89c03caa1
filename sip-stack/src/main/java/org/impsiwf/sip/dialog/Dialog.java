package org.impsiwf.sip.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipUri;

/**
 * A dialog of RFC 3261 §12, kept as a record so that any node can go on with it. Before the first 2xx of a call of ours the
 * remote tag is empty and the remote target is where the INVITE went.
 *
 * @param local our From or To, without tag
 * @param remote the other side's, without tag
 * @param remoteTarget from its last Contact
 * @param routeSet Route header values in the order in which requests of ours carry them
 * @param localCSeq number of our last request, 0 before the first
 * @param remoteCSeq number of the other side's last request, -1 before the first
 */
public record Dialog(
        String callId,
        String localTag,
        String remoteTag,
        NameAddr local,
        NameAddr remote,
        SipUri remoteTarget,
        List<String> routeSet,
        long localCSeq,
        long remoteCSeq) {

    /**
     * How a request in the dialog is addressed (RFC 3261 §12.2.1.1).
     *
     * @param nextHop where it is sent: the first route, else the Request-URI
     */
    public record Route(SipUri requestUri, List<String> routes, SipUri nextHop) {}

    /** The dialog as the called side sees it (RFC 3261 §12.1.1); routes in the order of Record-Route. */
    public static Dialog called(
            String callId,
            String localTag,
            String remoteTag,
            NameAddr local,
            NameAddr remote,
            SipUri remoteTarget,
            List<String> routeSet,
            long remoteCSeq) {
        return new Dialog(callId, localTag, remoteTag, local, remote, remoteTarget, routeSet, 0, remoteCSeq);
    }

    /** What will become a dialog when our INVITE with CSeq 1 is accepted. */
    public static Dialog calling(String callId, String localTag, NameAddr local, NameAddr remote, SipUri target) {
        return new Dialog(callId, localTag, "", local, remote, target, List.of(), 1, -1);
    }

    /** The dialog that a 2xx makes (RFC 3261 §12.1.2); the Record-Route values in the order of the response. */
    public Dialog accepted(String tag, SipUri contact, List<String> recordRoute) {
        return new Dialog(callId, localTag, tag, local, remote, contact, recordRoute.reversed(), localCSeq, remoteCSeq);
    }

    /** Takes the number of our next request. */
    public Dialog sending() {
        return new Dialog(
                callId, localTag, remoteTag, local, remote, remoteTarget, routeSet, localCSeq + 1, remoteCSeq);
    }

    /** Takes note of a request of the other side; empty when it is out of order (RFC 3261 §12.2.2). */
    public Optional<Dialog> received(long cseq) {
        return cseq <= remoteCSeq
                ? Optional.empty()
                : Optional.of(new Dialog(
                        callId, localTag, remoteTag, local, remote, remoteTarget, routeSet, localCSeq, cseq));
    }

    /** One more dialog of the same request (RFC 3261 §12.1.1), told apart by our tag. */
    Dialog forked(String tag) {
        return new Dialog(callId, tag, remoteTag, local, remote, remoteTarget, routeSet, localCSeq, remoteCSeq);
    }

    /** A target refresh (RFC 3261 §12.2.1.2, §12.2.2); the route set stays. */
    public Dialog targeting(SipUri contact) {
        return new Dialog(callId, localTag, remoteTag, local, remote, contact, routeSet, localCSeq, remoteCSeq);
    }

    public Route route() {
        if (routeSet.isEmpty()) {
            return new Route(remoteTarget, List.of(), remoteTarget);
        }
        SipUri first = uriOf(routeSet.getFirst());
        if (isLoose(first)) {
            return new Route(remoteTarget, routeSet, first);
        }
        // A strict router (RFC 2543): it is the Request-URI, the target goes to the end of the routes.
        var routes = new ArrayList<>(routeSet.subList(1, routeSet.size()));
        routes.add('<' + remoteTarget.value() + '>');
        return new Route(first, List.copyOf(routes), first);
    }

    private static boolean isLoose(SipUri uri) {
        String params = uri.value().toLowerCase(Locale.ROOT);
        int host = params.indexOf('@');
        String rest = params.substring(host + 1);
        return rest.endsWith(";lr") || rest.contains(";lr;") || rest.contains(";lr=") || rest.contains(";lr?");
    }

    private static SipUri uriOf(String route) {
        int open = route.indexOf('<');
        int close = route.indexOf('>', open + 1);
        return new SipUri(open >= 0 && close > open ? route.substring(open + 1, close) : route);
    }
}
