package org.impsiwf.sip.stack;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Requests of RFC 2543, and of those whose branch says nothing, as requests of RFC 3261. JAIN-SIP would compare each with
 * every transaction there is, and fails on the first that was cleaned up.
 */
final class OldPeers {

    private static final String COOKIE = "z9hG4bK";
    private static final int BRANCH_DIGITS = 32;

    private OldPeers() {}

    static void modernise(SIPRequest request) throws ParseException {
        Via via = request.getTopmostVia();
        if (via == null || isTelling(via.getBranch())) {
            return;
        }
        via.setBranch(COOKIE + "-2543-" + digest(request, via));
        if (request.getMethod().equals("INVITE") && request.getContactHeader() == null) {
            var contact = new Contact();
            contact.setAddress((AddressImpl) request.getFrom().getAddress().clone());
            request.setHeader(contact); // RFC 2543 §6.22: without Contact, requests go to who sent this one
        }
    }

    /** RFC 3261 §8.1.1.7; RFC 4475 §3.2.1 for the cookie alone. */
    private static boolean isTelling(String branch) {
        return branch != null
                && branch.length() > COOKIE.length()
                && branch.regionMatches(true, 0, COOKIE, 0, COOKIE.length());
    }

    /** What RFC 3261 §17.2.3 compares, without the To tag: ACK and CANCEL get the branch of their INVITE. */
    private static String digest(SIPRequest request, Via via) {
        String compared = String.join(
                "\n",
                request.getCallId().getCallId(),
                Long.toString(request.getCSeq().getSeqNumber()),
                String.valueOf(request.getFromTag()),
                String.valueOf(request.getRequestURI()),
                via.getSentBy().toString().toLowerCase(Locale.ROOT),
                String.valueOf(via.getBranch()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(compared.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, BRANCH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
