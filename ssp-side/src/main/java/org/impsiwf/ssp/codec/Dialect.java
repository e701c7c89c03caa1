package org.impsiwf.ssp.codec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a peer speaks SSP. The codec follows {@link #syntax}; session and transactions follow the rest. */
public record Dialect(String name, SetUp setUp, InSession inSession, Syntax syntax) {

    /** The plain reading of the semantics. */
    public static final Dialect OMA_1_3 = new Dialect(
            "oma-1.3",
            new SetUp(
                    "1.3",
                    DigestOrder.TOKEN_THEN_PASSWORD,
                    LoginIds.CROSSED,
                    LoginResponseOrder.RESPONDER_FIRST,
                    SetUpMode.FIRST_LEGS_REQUEST,
                    Duration.ZERO,
                    0),
            new InSession(
                    SessionIdOf.RECEIVER,
                    SessionIdOf.REQUEST,
                    true,
                    ReportMode.NEW_REQUEST,
                    true,
                    false,
                    true,
                    KeepAlive.BY_TIME_TO_LIVE,
                    Ending.LOGOUT),
            new Syntax(
                    "http://www.openmobilealliance.org/DTD/WV-SSP1.3",
                    true,
                    DateForm.BASIC,
                    false,
                    false,
                    false,
                    false,
                    false));

    /** The one public server that speaks SSP (Baraza), as its captured traffic shows it. */
    public static final Dialect BARAZA = new Dialect(
            "baraza",
            new SetUp(
                    "1.3",
                    DigestOrder.TOKEN_THEN_PASSWORD,
                    LoginIds.INITIATOR,
                    LoginResponseOrder.INITIATOR_FIRST,
                    SetUpMode.ROLE,
                    Duration.ofSeconds(1),
                    5),
            new InSession(
                    SessionIdOf.SENDER,
                    SessionIdOf.SENDER,
                    false,
                    ReportMode.RESPONSE_UNDER_ORIGINAL_ID,
                    false,
                    true,
                    false,
                    KeepAlive.OFF,
                    Ending.NEGATIVE_LOGIN_RESPONSE),
            new Syntax(
                    "http://www.openmobilealliance.org/DTD/WV-SSP1.3",
                    false,
                    DateForm.EXTENDED,
                    true,
                    true,
                    true,
                    true,
                    true));

    private static final List<Dialect> ALL = List.of(OMA_1_3, BARAZA);

    /** The dialect that a configuration names. */
    public static Optional<Dialect> named(String name) {
        return ALL.stream().filter(dialect -> dialect.name.equals(name)).findFirst();
    }

    /** The names to choose from. */
    public static List<String> names() {
        return ALL.stream().map(Dialect::name).toList();
    }

    /**
     * Session set-up (SSP 9.1.1).
     *
     * @param protocolVersion what SendSecretToken says
     * @param delay wait before steps 3, 5 and 10: the peer commits after it has answered
     * @param retries of one leg, when the peer closes the connection without an answer
     */
    public record SetUp(
            String protocolVersion,
            DigestOrder digestOrder,
            LoginIds loginIds,
            LoginResponseOrder loginResponseOrder,
            SetUpMode mode,
            Duration delay,
            int retries) {}

    /**
     * Life in a session.
     *
     * @param requests whose session id our requests carry
     * @param answers whose session id our answers carry
     * @param noticeNeedsStatus false: the HTTP answer ends a notification, no Status will come (PresenceNotification,
     *     GroupChangeNotice, DeliveryStatusReport, LeaveGroupIndication, InviteResponse)
     * @param reportMode how DeliveryStatusReport and InviteResponse travel
     * @param cancelInviteUnderstood false: never send CancelInviteRequest
     * @param alwaysRequestorUser true: every request must be client-originated and name its user
     * @param senderDisplayAlone true: a sender may be a group or screen name without a requestor user
     */
    public record InSession(
            SessionIdOf requests,
            SessionIdOf answers,
            boolean noticeNeedsStatus,
            ReportMode reportMode,
            boolean cancelInviteUnderstood,
            boolean alwaysRequestorUser,
            boolean senderDisplayAlone,
            KeepAlive keepAlive,
            Ending ending) {}

    /**
     * The XML.
     *
     * @param namespace of the root, written and not required
     * @param presenceNamespace whether embedded presence declares its own namespace
     * @param dates the form that is written; both are read
     * @param unreadableDatesAbsent true: a date that cannot be read is absent; false: 402
     * @param strayAmpersandsRepaired the peer does not escape: {@code &} that starts no entity is taken literally
     * @param anyEncodingIsBase64 whatever the encoding attribute says, the text is base64
     * @param gapsFilled what the peer is known to leave out gets its plain value: Meta-Information from the session,
     *     Status 200, flags that are off
     * @param rolesByDomain inviting and responding user, and sender and recipient of what is reported on, are exchanged if they
     *     contradict the domain of the session
     */
    public record Syntax(
            String namespace,
            boolean presenceNamespace,
            DateForm dates,
            boolean unreadableDatesAbsent,
            boolean strayAmpersandsRepaired,
            boolean anyEncodingIsBase64,
            boolean gapsFilled,
            boolean rolesByDomain) {}

    /** What the digest is made from. */
    public enum DigestOrder {
        TOKEN_THEN_PASSWORD,
        PASSWORD_THEN_TOKEN
    }

    /** The transaction ids of the login legs. */
    public enum LoginIds {
        /** Each leg runs under the id of the SendSecretToken that it answers. */
        CROSSED,
        /** All legs after the tokens run under the initiator's id. */
        INITIATOR
    }

    /** Who sends LoginResponse first. */
    public enum LoginResponseOrder {
        RESPONDER_FIRST,
        INITIATOR_FIRST
    }

    /** What {@code mode} says in set-up. */
    public enum SetUpMode {
        /** The tokens are requests, all later legs responses. */
        FIRST_LEGS_REQUEST,
        /** The initiator always says Request, the responder Response. */
        ROLE
    }

    /** Whose session id of the pair a message carries. */
    public enum SessionIdOf {
        /** The one that the receiver of this message gave in its LoginResponse. */
        RECEIVER,
        /** The one that the sender of this message gave in its LoginResponse. */
        SENDER,
        /** The one found in the request that is answered. */
        REQUEST
    }

    /** How later messages of a transaction travel. */
    public enum ReportMode {
        NEW_REQUEST,
        RESPONSE_UNDER_ORIGINAL_ID
    }

    /** Whether connections are kept alive by KeepAliveRequest. */
    public enum KeepAlive {
        BY_TIME_TO_LIVE,
        OFF
    }

    /** How a session is ended. */
    public enum Ending {
        LOGOUT,
        NEGATIVE_LOGIN_RESPONSE
    }

    /** SSP 6.4.6. */
    public enum DateForm {
        /** {@code 20060301T093000Z}. */
        BASIC,
        /** {@code 2006-03-01T09:30:00Z}. */
        EXTENDED
    }
}
