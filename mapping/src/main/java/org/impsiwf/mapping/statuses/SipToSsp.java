package org.impsiwf.mapping.statuses;

/** SIP final response → SSP status. Unlisted codes fall to their class (RFC 7247 §7): 4xx is this endpoint, 6xx this user. */
public final class SipToSsp {

    private SipToSsp() {}

    /** The status for a SendMessageRequest whose MESSAGE or INVITE was answered so. */
    public static int forMessage(int sip) {
        return switch (sip) {
            case 400, 406, 416, 411, 412, 417, 424 -> 402;
            case 414, 484, 485, 404, 604, 478 -> 531;
            // The gateway answers challenges itself; one that comes this far it could not answer.
            case 401, 407, 402, 403, 603, 428, 429, 433, 436, 437, 438, 470, 494, 608 -> 403;
            case 607 -> 532;
            case 405, 420, 421, 489, 501 -> 405;
            case 408, 430, 504 -> 504;
            case 410, 481 -> 410;
            case 413, 513 -> 540;
            case 415, 488, 493, 606 -> 415;
            case 480, 486, 487, 491, 600 -> 533;
            case 422, 423, 482, 483, 500, 502, 505, 580 -> 500;
            case 503 -> 503;
            default -> byClass(sip);
        };
    }

    /** What an InviteResponse says in words when the invitation was not accepted; the code itself is no failure of the transaction. */
    public static String invitationNote(int sip) {
        return switch (sip) {
            case 480, 408, 430, 504 -> "not available";
            case 486, 600 -> "busy";
            case 403, 603, 607, 608 -> "not accepted";
            case 404, 604, 410, 484, 485 -> "unknown user";
            case 405, 415, 488, 501, 606 -> "not supported";
            case 487 -> "cancelled";
            default -> sip >= 600 ? "not accepted" : "not reached";
        };
    }

    /** Whether this refusal of an INVITE says that the user's client has no message sessions, so that a MESSAGE may still do. */
    public static boolean saysNoSessions(int sip) {
        return sip == 405 || sip == 415 || sip == 488 || sip == 501 || sip == 606;
    }

    /** Whether this refusal of a MESSAGE says that the client takes none, or none so large, so that a session may still do. */
    public static boolean saysNoPager(int sip) {
        return sip == 405 || sip == 413 || sip == 501 || sip == 513;
    }

    private static int byClass(int sip) {
        return switch (sip / 100) {
            case 1 -> 100;
            case 2 -> 200;
            case 3, 4 -> 410;
            case 6 -> 403;
            default -> 500;
        };
    }
}
