package org.impsiwf.mapping.statuses;

/**
 * SSP status → MSRP response code (RFC 4975 §10, RFC 7701 §8). An MSRP 481 or 506 would make the client give its session
 * up, so only codes that say so become one.
 */
public final class SspToMsrp {

    /** Stands for "wait for the final answer". */
    public static final int WAIT = 100;

    private SspToMsrp() {}

    /** The response code for a code of SSP 18 or, by its class, for any other number. */
    public static int code(int ssp) {
        return switch (ssp) {
            case 100, 101, 102, 104 -> WAIT;
            case 200, 201, 203, 807, 906 -> 200;
            case 750, 751, 752 -> 200;

            case 400, 402, 442 -> 400;
            case 535, 536, 537, 544, 545, 547, 548, 560, 561, 562, 610, 702, 806, 822 -> 400;

            case 403, 431, 534, 809, 810, 816, 818 -> 403;
            case 401, 409, 436, 438, 439, 452, 515, 902, 903, 904, 905 -> 403;
            case 701, 756, 757, 801, 802, 803, 804, 805, 814, 825 -> 403;
            case 506, 509, 510, 907, 532, 920, 921 -> 403;

            case 404, 427, 516, 531, 800, 901 -> 404;
            case 424, 425, 426, 428, 437, 517, 700, 703, 908 -> 404;

            case 405, 501, 821, 909 -> 501;
            case 410, 423, 808 -> 481;
            case 411, 415, 508 -> 415;
            case 432, 539 -> 413;
            case 441, 540, 546 -> 415;
            case 812, 813 -> 428;

            // RFC 4975 knows no "not now": 408 says that the message went nowhere and may be tried again.
            case 500, 502, 503, 504, 505, 507, 533, 758, 815, 817, 900 -> 408;
            case 420, 422, 429, 433, 440, 450, 451, 543 -> 408;
            case 600, 601, 602, 604, 606, 607, 608, 609, 611, 620 -> 408;
            case 630, 631, 634, 635, 636, 637, 638, 639 -> 408;

            default -> byClass(ssp);
        };
    }

    /** As {@link SspToSip#forContent}. */
    public static int forContent(int ssp, boolean overKnownLimit) {
        boolean ambiguous = ssp == 441 || ssp == 540 || ssp == 546;
        return ambiguous && overKnownLimit ? 413 : code(ssp);
    }

    private static int byClass(int ssp) {
        return switch (ssp / 100) {
            case 1 -> WAIT;
            case 2 -> 200;
            case 4 -> 400;
            case 7, 8 -> 403;
            default -> 408;
        };
    }
}
