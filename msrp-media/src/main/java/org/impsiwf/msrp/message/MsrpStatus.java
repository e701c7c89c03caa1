package org.impsiwf.msrp.message;

/** Response codes (RFC 4975 §10, 401 from RFC 4976, those of chat rooms from RFC 7701 §10.3) and what they are called. */
public final class MsrpStatus {
    public static final int OK = 200;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NO_SUCH_RECIPIENT = 404;
    public static final int TIMEOUT = 408;
    public static final int STOP_SENDING = 413;
    public static final int UNSUPPORTED_MEDIA = 415;
    public static final int OUT_OF_BOUNDS = 423;
    public static final int MALFORMED_NICKNAME = 424;
    public static final int NICKNAME_TAKEN = 425;
    public static final int NO_PRIVATE_MESSAGES = 428;
    public static final int NO_SUCH_SESSION = 481;
    public static final int UNKNOWN_METHOD = 501;
    public static final int BOUND_ELSEWHERE = 506;

    private MsrpStatus() {}

    /** A comment for people; the code is what counts. */
    public static String comment(int status) {
        return switch (status) {
            case OK -> "OK";
            case BAD_REQUEST -> "Bad Request";
            case UNAUTHORIZED -> "Unauthorized";
            case FORBIDDEN -> "Forbidden";
            case NO_SUCH_RECIPIENT -> "No Such Recipient";
            case TIMEOUT -> "Timeout";
            case STOP_SENDING -> "Stop Sending";
            case UNSUPPORTED_MEDIA -> "Unsupported Media Type";
            case OUT_OF_BOUNDS -> "Out Of Bounds";
            case MALFORMED_NICKNAME -> "Malformed Nickname";
            case NICKNAME_TAKEN -> "Nickname Reserved Or In Use";
            case NO_PRIVATE_MESSAGES -> "Private Messages Not Supported";
            case NO_SUCH_SESSION -> "No Such Session";
            case UNKNOWN_METHOD -> "Unknown Method";
            case BOUND_ELSEWHERE -> "Bound To Another Connection";
            default -> "Failed";
        };
    }
}
