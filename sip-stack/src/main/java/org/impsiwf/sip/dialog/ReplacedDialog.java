package org.impsiwf.sip.dialog;

import java.util.Optional;

/**
 * A Replaces value (RFC 3891 §6.1), the tags as the one who reads it has them. Pure.
 *
 * @param localTag {@code to-tag}
 * @param remoteTag {@code from-tag}
 * @param earlyOnly whether only a dialog that is not confirmed may be replaced
 */
public record ReplacedDialog(String callId, String localTag, String remoteTag, boolean earlyOnly) {

    /** Empty for a value that names no dialog. */
    public static Optional<ReplacedDialog> parse(String value) {
        if (value.indexOf(',') >= 0) {
            return Optional.empty(); // two in one field; no part of one has a comma
        }
        String[] pieces = value.split(";", -1);
        String callId = pieces[0].strip();
        String local = "";
        String remote = "";
        boolean early = false;
        for (int i = 1; i < pieces.length; i++) {
            String piece = pieces[i].strip();
            int equals = piece.indexOf('=');
            String name = (equals < 0 ? piece : piece.substring(0, equals)).strip();
            String given = equals < 0 ? "" : piece.substring(equals + 1).strip();
            if (name.equalsIgnoreCase("to-tag")) {
                local = given;
            } else if (name.equalsIgnoreCase("from-tag")) {
                remote = given;
            } else if (name.equalsIgnoreCase("early-only")) {
                early = true;
            }
        }
        return callId.isEmpty() || local.isEmpty() || remote.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReplacedDialog(callId, local, remote, early));
    }

    /** What the other side of a confirmed dialog reads to replace it. */
    public static String write(Dialog dialog) {
        return dialog.callId() + ";to-tag=" + dialog.remoteTag() + ";from-tag=" + dialog.localTag();
    }
}
