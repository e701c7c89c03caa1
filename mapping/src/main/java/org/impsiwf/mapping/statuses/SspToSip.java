package org.impsiwf.mapping.statuses;

import static org.impsiwf.mapping.statuses.SipVerdict.again;
import static org.impsiwf.mapping.statuses.SipVerdict.because;
import static org.impsiwf.mapping.statuses.SipVerdict.told;

/**
 * SSP status → SIP final response. Session-level codes never reach a user, 503 is only for "this whole gateway", a
 * non-INVITE is never answered 408 (RFC 4320), nothing that failed becomes a 2xx.
 */
public final class SspToSip {

    /** What the SIP request was; some codes read differently. */
    public enum Method {
        INVITE,
        MESSAGE
    }

    private SspToSip() {}

    /** The answer for a code of SSP 18 or, by its class, for any other number. */
    public static SipVerdict verdict(int code, Method method) {
        boolean invite = method == Method.INVITE;
        return switch (code) {
            case 100, 101, 102, 104 -> told(100);
            case 200, 201, 203, 807, 906 -> told(200);
            // 75x: done, with less data than asked for.
            case 750, 751, 752 -> told(200);

            case 400, 402, 442 -> told(400);
            case 535, 536, 537, 544, 545, 547, 548, 560, 561, 562, 610, 702, 806, 822 -> told(400);

            case 403, 431, 534, 809, 810, 816, 818 -> told(403);
            case 401, 409, 436, 438, 439, 452, 515, 902, 903, 904, 905 -> told(403);
            case 701, 756, 757, 801, 802, 803, 804, 805, 812, 813, 814 -> told(403);
            case 506, 509, 510, 907 -> because(403, "The service is not agreed with the domain of the user");
            case 532 -> told(403);
            case 920 -> because(403, "Not enough credit");
            case 921 -> because(403, "A higher class of service is required");

            case 404, 427, 516, 531, 800, 901 -> told(404);
            case 424, 425, 426, 428, 437, 517, 700, 703, 908 -> told(404);

            case 405, 501, 821 -> told(501);
            case 909 -> told(invite ? 488 : 501);
            case 410 -> told(410);
            case 411, 415, 508 -> told(415);
            case 423, 808 -> told(481);
            case 432, 539 -> told(413);
            // One code for two reasons; whoever knows the limits decides between 413 and 415, see forContent.
            case 441, 540, 546 -> told(415);
            case 817 -> told(486);
            case 825 -> told(603);

            case 503, 507, 815, 758 -> again(480);
            case 533 -> told(480);
            case 504 -> told(invite ? 408 : 504);

            case 500, 502, 505, 900 -> told(500);
            // Our own part of the exchange was wrong, the user's was not.
            case 420, 422, 429, 433, 440, 450, 451, 543 -> told(500);
            case 600, 601, 602, 604, 606, 607, 608, 609, 611, 620 -> again(500);
            case 630, 631, 634, 635, 636, 637, 638, 639 -> again(500);

            default -> byClass(code);
        };
    }

    /** 441, 540 and 546 say "type or size": 413 when the message is over the limit that we know of, else 415. */
    public static SipVerdict forContent(int code, Method method, boolean overKnownLimit) {
        boolean ambiguous = code == 441 || code == 540 || code == 546;
        return ambiguous && overKnownLimit ? told(413) : verdict(code, method);
    }

    private static SipVerdict byClass(int code) {
        return switch (code / 100) {
            case 1 -> told(100);
            case 2 -> told(200);
            case 4 -> told(400);
            case 6 -> again(500);
            case 7, 8 -> told(403);
            default -> told(500);
        };
    }
}
