package org.impsiwf.mapping.statuses;

/** MSRP response or REPORT status → SSP status. */
public final class MsrpToSsp {

    private MsrpToSsp() {}

    /** The status for a message to a single user. */
    public static int code(int msrp) {
        return switch (msrp) {
            case 400, 423 -> 402;
            case 403 -> 403;
            case 404 -> 531;
            case 408 -> 504;
            case 413 -> 540;
            case 415 -> 415;
            case 428 -> 813;
            case 481, 506 -> 410;
            case 501 -> 405;
            default -> byClass(msrp);
        };
    }

    private static int byClass(int msrp) {
        return switch (msrp / 100) {
            case 2 -> 200;
            case 4 -> 410;
            default -> 500;
        };
    }
}
