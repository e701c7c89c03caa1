package org.impsiwf.ssp.primitives;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** SSP 18: the status codes, with what the document allows a requestor to do after each. */
public enum StatusCode {
    CONTINUE(100, "Continue", "18.1.1", Retry.NO),
    QUEUED(101, "Queued", "18.1.2", Retry.NO),
    STARTED(102, "Started", "18.1.3", Retry.NO),
    SERVER_QUEUED(104, "Server Queued", "18.1.4", Retry.NO),
    SUCCESSFUL(200, "Successful", "18.2.1", Retry.NO),
    PARTIALLY_SUCCESSFUL(201, "Partially Successful", "18.2.2", Retry.NO),
    EXTENSION_BLOCK_IGNORED(203, "Extension block ignored", "18.2.3", Retry.NO),
    BAD_REQUEST(400, "Bad Request", "18.3.1", Retry.NOT_WITHOUT_CHANGE),
    UNAUTHORIZED(401, "Unauthorized", "18.3.2", Retry.NOT_WITHOUT_CHANGE),
    BAD_PARAMETER(402, "Bad Parameter", "18.3.3", Retry.NOT_WITHOUT_CHANGE),
    FORBIDDEN(403, "Forbidden", "18.3.4", Retry.NO),
    NOT_FOUND(404, "Not Found", "18.3.5", Retry.MAY),
    SERVICE_NOT_SUPPORTED(405, "Service Not Supported", "18.3.6", Retry.NOT_WITHOUT_CHANGE),
    INVALID_PASSWORD(409, "Invalid password", "18.3.7", Retry.NOT_WITHOUT_CHANGE),
    UNABLE_TO_DELIVERY(410, "Unable to Delivery", "18.3.8", Retry.MAY),
    UNABLE_TO_FIND_SUITABLE_CONTENT_TYPE(
            411, "Unable to find suitable content type", "18.3.9", Retry.NOT_WITHOUT_CHANGE),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type", "18.3.10", Retry.NOT_WITHOUT_CHANGE),
    INVALID_TRANSACTION_ID(420, "Invalid Transaction-ID", "18.3.11", Retry.NOT_WITHOUT_CHANGE),
    USER_ID_AND_CLIENT_ID_DOES_NOT_MATCH(
            422, "User-ID and Client-ID Does Not Match", "18.3.12", Retry.NOT_WITHOUT_CHANGE),
    INVALID_INVITATION_ID(423, "Invalid Invitation-ID", "18.3.13", Retry.NOT_WITHOUT_CHANGE),
    INVALID_SEARCH_ID(424, "Invalid Search-ID", "18.3.14", Retry.NOT_WITHOUT_CHANGE),
    INVALID_SEARCH_INDEX(425, "Invalid Search-Index", "18.3.15", Retry.NOT_WITHOUT_CHANGE),
    INVALID_MESSAGE_ID(426, "Invalid Message-ID", "18.3.16", Retry.NOT_WITHOUT_CHANGE),
    INVALID_USER_ID(427, "Invalid User-ID", "18.3.17", Retry.NOT_WITHOUT_CHANGE),
    INVALID_CLIENT_ID(428, "Invalid Client-ID", "18.3.18", Retry.NOT_WITHOUT_CHANGE),
    MISSING_GROUP_ID(429, "Missing Group-ID", "18.3.19", Retry.NOT_WITHOUT_CHANGE),
    UNAUTHORIZED_GROUP_MEMBERSHIP(431, "Unauthorized Group Membership", "18.3.20", Retry.NO),
    RESPONSE_TOO_LARGE(432, "Response too large", "13.1.9", Retry.NOT_WITHOUT_CHANGE),
    INVALID_NOTIFICATION_TYPE(433, "Invalid notification type", "18.3.21", Retry.NOT_WITHOUT_CHANGE),
    SYSTEM_MESSAGE_RESPONSE_REQUIRED(436, "System Message Response required", "18.3.22", Retry.NOT_WITHOUT_CHANGE),
    UNKNOWN_SYSTEM_MESSAGE_ID(437, "Unknown System Message ID", "18.3.23", Retry.NOT_WITHOUT_CHANGE),
    INCORRECT_VERIFICATION_KEY(438, "Incorrect Verification Key", "18.3.24", Retry.NOT_WITHOUT_CHANGE),
    VERIFICATION_MECHANISM_NOT_SUPPORTED(
            439, "Verification Mechanism Not Supported", "18.3.25", Retry.NOT_WITHOUT_CHANGE),
    NOT_ALLOWED_NOTIFICATION_TYPE(440, "Not allowed notification type", "18.3.26", Retry.NOT_WITHOUT_CHANGE),
    NUMBER_OF_CHARACTERS_EXCEEDS_THE_MAXIMUM_NUMBER_OF_CHARACTERS(
            441, "Number of characters exceeds the maximum number of characters", "18.3.27", Retry.NOT_WITHOUT_CHANGE),
    WRONG_VALUE_TYPE(442, "Wrong value type", "18.3.28", Retry.NOT_WITHOUT_CHANGE),
    MISSING_APPLICATION_ID(450, "Missing Application-ID", "18.3.29", Retry.NOT_WITHOUT_CHANGE),
    INVALID_APPLICATION_ID(451, "Invalid Application-ID", "18.3.30", Retry.NOT_WITHOUT_CHANGE),
    FORBIDDEN_APPLICATION_ID(452, "Forbidden Application-ID", "18.3.31", Retry.NOT_WITHOUT_CHANGE),
    INTERNAL_SERVER_ERROR(500, "Internal Server Error", "18.4.1", Retry.MAY),
    NOT_IMPLEMENTED(501, "Not Implemented", "18.4.2", Retry.NOT_WITHOUT_CHANGE),
    SESSION_COULD_NOT_BE_RECOVERED(502, "Session could not be recovered", "18.4.3", Retry.NOT_WITHOUT_CHANGE),
    SERVICE_UNAVAILABLE(503, "Service Unavailable", "18.4.4", Retry.MAY),
    INVALID_TIMEOUT(504, "Invalid Timeout", "18.4.5", Retry.MAY),
    VERSION_NOT_SUPPORTED(505, "Version Not Supported", "18.4.6", Retry.NOT_WITHOUT_CHANGE),
    SERVICE_NOT_AGREED(506, "Service Not Agreed", "18.4.7", Retry.NOT_WITHOUT_CHANGE),
    MESSAGE_QUEUE_IS_FULL(507, "Message Queue is Full", "18.4.8", Retry.MAY),
    UNSUPPORTED_MESSAGE_CONTEXT(508, "Unsupported message context", "18.4.9", Retry.NOT_WITHOUT_CHANGE),
    RELATED_SERVICES_ARE_MISSING(509, "Related services are missing", "18.4.10", Retry.NOT_WITHOUT_CHANGE),
    RELATED_CLIENT_CAPABILITIES_ARE_MISSING(
            510, "Related client capabilities are missing", "18.4.11", Retry.NOT_WITHOUT_CHANGE),
    APPLICATION_IS_FORBIDDEN(515, "Application is forbidden", "18.4.12", Retry.NOT_WITHOUT_CHANGE),
    DOMAIN_NOT_SUPPORTED(516, "Domain Not Supported", "18.4.13", Retry.NOT_WITHOUT_CHANGE),
    LOCATION_NOT_SUPPORTED(517, "Location Not Supported", "18.4.14", Retry.NOT_WITHOUT_CHANGE),
    UNKNOWN_USER(531, "Unknown User", "18.4.15", Retry.NOT_WITHOUT_CHANGE),
    RECIPIENT_BLOCKED_THE_SENDER(532, "Recipient Blocked the Sender", "18.4.16", Retry.NO),
    MESSAGE_RECIPIENT_NOT_LOGGED_IN(533, "Message Recipient Not Logged in", "18.4.17", Retry.MAY),
    MESSAGE_RECIPIENT_UNAUTHORIZED(534, "Message Recipient Unauthorized", "18.4.18", Retry.NO),
    SEARCH_TIMED_OUT(535, "Search Timed Out", "18.4.19", Retry.NOT_WITHOUT_CHANGE),
    TOO_MANY_HITS(536, "Too many hits", "18.4.20", Retry.NOT_WITHOUT_CHANGE),
    TOO_BROAD_SEARCH_CRITERIA(537, "Too broad search criteria", "18.4.21", Retry.NOT_WITHOUT_CHANGE),
    MESSAGE_COUNT_EXCEEDED(539, "Message-Count exceeded", "18.4.22", Retry.MAY),
    MESSAGE_HAS_BEEN_REJECTED_DUE_TO_LIMITATIONS(
            540, "Message has been rejected due to limitations", "18.4.23", Retry.NOT_WITHOUT_CHANGE),
    NO_MATCHING_DIGEST_SCHEME_SUPPORTED(
            543, "No matching digest scheme supported", "18.4.24", Retry.NOT_WITHOUT_CHANGE),
    TOO_MANY_ELEMENTS_IN_ADVANCED_CRITERIA(
            544, "Too many elements in advanced criteria", "18.4.25", Retry.NOT_WITHOUT_CHANGE),
    TOO_MANY_LEVELS_OF_NESTING_IN_ADVANCED_CRITERIA(
            545, "Too many levels of nesting in advanced criteria", "18.4.26", Retry.NOT_WITHOUT_CHANGE),
    MESSAGE_CANNOT_BE_DELIVERED_DUE_TO_LIMITATIONS(
            546, "Message cannot be delivered due to limitations", "18.4.27", Retry.NOT_WITHOUT_CHANGE),
    WILDCARD_CHARACTERS_NOT_ALLOWED(547, "Wildcard characters not allowed", "18.4.28", Retry.NOT_WITHOUT_CHANGE),
    WILDCARD_EXPRESSION_IS_TOO_COMPLICATED(
            548, "Wildcard expression is too complicated", "18.4.29", Retry.NOT_WITHOUT_CHANGE),
    UNSUPPORTED_SEARCH_ELEMENT_WAS_REQUESTED(
            560, "Unsupported search-element was requested", "18.4.30", Retry.NOT_WITHOUT_CHANGE),
    SUPPORTED_SEARCH_ELEMENT(561, "Supported search-element", "18.4.31", Retry.MAY),
    UNSUPPORTED_SEARCH_ELEMENT(562, "Unsupported search-element", "18.4.32", Retry.NOT_WITHOUT_CHANGE),
    SESSION_EXPIRED(600, "Session Expired", "18.5.1", Retry.NOT_WITHOUT_CHANGE),
    FORCED_LOGOUT(601, "Forced Logout", "18.5.2", Retry.NOT_WITHOUT_CHANGE),
    INVALID_SESSION_NOT_LOGGED_IN(604, "Invalid Session / Not Logged In", "18.5.3", Retry.NOT_WITHOUT_CHANGE),
    INVALID_SERVICE_ID(606, "Invalid Service-ID", "18.5.4", Retry.NOT_WITHOUT_CHANGE),
    REDIRECTION_REFUSED(607, "Redirection Refused", "18.5.5", Retry.NOT_WITHOUT_CHANGE),
    INVALID_SERVER_PASSWORD(608, "Invalid Password", "18.5.6", Retry.NOT_WITHOUT_CHANGE),
    CONNECTION_EXPIRED(609, "Connection Expired", "18.5.7", Retry.NOT_WITHOUT_CHANGE),
    SERVER_SEARCH_LIMIT_IS_EXCEEDED(610, "Server Search Limit is Exceeded", "18.5.8", Retry.NOT_WITHOUT_CHANGE),
    TOO_MANY_NON_CONFORMANT_SYSTEM_MESSAGE_REPLIES(
            611, "Too many non-conformant System Message replies", "18.5.9", Retry.NO),
    INVALID_SERVER_SESSION(620, "Invalid Server Session", "18.5.10", Retry.NOT_WITHOUT_CHANGE),
    USER_SESSION_EXPIRED(630, "User Session Expired", "18.5.11", Retry.NOT_WITHOUT_CHANGE),
    USER_SESSION_FORCED_LOGOUT(631, "User Session - Forced Logout", "18.5.12", Retry.NOT_WITHOUT_CHANGE),
    NOT_LOGGED_IN_USER_SESSION(634, "Not logged in (user session)", "12.2.2", Retry.NOT_WITHOUT_CHANGE),
    NEW_VALUE_NOT_ACCEPTED(635, "New value not accepted", "18.5.13", Retry.NOT_WITHOUT_CHANGE),
    SOME_SERVICES_ARE_NOT_AVAILABLE(636, "Some services are not available", "18.5.14", Retry.NOT_WITHOUT_CHANGE),
    TOO_MANY_NON_CONFORMANT_SYSTEM_MESSAGE_REPLIES_637(
            637, "Too many non-conformant System Message replies", "18.5.15", Retry.NO),
    CLIENT_ID_IS_NOT_UNIQUE(638, "Client-ID is not unique", "18.5.16", Retry.NOT_WITHOUT_CHANGE),
    USER_SESSION_LIMITATION_REACHED(639, "User session limitation reached", "18.5.17", Retry.MAY),
    CONTACT_LIST_DOES_NOT_EXIST(700, "Contact List Does Not Exist", "18.6.1", Retry.NOT_WITHOUT_CHANGE),
    CONTACT_LIST_ALREADY_EXISTS(701, "Contact List Already Exists", "18.6.2", Retry.NOT_WITHOUT_CHANGE),
    INVALID_OR_UNSUPPORTED_USER_PROPERTIES(
            702, "Invalid or Unsupported User Properties", "18.6.3", Retry.NOT_WITHOUT_CHANGE),
    CONTACT_LIST_IS_EMPTY(703, "Contact List is empty", "18.6.4", Retry.NOT_WITHOUT_CHANGE),
    INVALID_OR_UNSUPPORTED_PRESENCE_ATTRIBUTES(
            750, "Invalid or Unsupported Presence Attributes", "18.6.5", Retry.NOT_WITHOUT_CHANGE),
    INVALID_OR_UNSUPPORTED_PRESENCE_VALUE(
            751, "Invalid or Unsupported Presence Value", "18.6.6", Retry.NOT_WITHOUT_CHANGE),
    INVALID_OR_UNSUPPORTED_CONTACT_LIST_PROPERTY(
            752, "Invalid or Unsupported Contact List Property", "18.6.7", Retry.NOT_WITHOUT_CHANGE),
    THE_MAXIMUM_NUMBER_OF_USERS_IN_GRANT_LIST_HAS_BEEN_REACHED_FOR_THE_USER(
            756,
            "The maximum number of Users in grant list has been reached for the user",
            "18.6.8",
            Retry.NOT_WITHOUT_CHANGE),
    THE_MAXIMUM_NUMBER_OF_USERS_IN_BLOCK_LIST_HAS_BEEN_REACHED_FOR_THE_USER(
            757,
            "The maximum number of Users in block list has been reached for the user",
            "18.6.9",
            Retry.NOT_WITHOUT_CHANGE),
    THE_MAXIMUM_NUMBER_OF_USERS_IN_WATCHER_LIST_HAS_BEEN_REACHED_FOR_THE_USER(
            758, "The maximum number of users in watcher list has been reached for the user", "18.6.10", Retry.MAY),
    GROUP_DOES_NOT_EXIST(800, "Group Does Not Exist", "18.7.1", Retry.NOT_WITHOUT_CHANGE),
    GROUP_ALREADY_EXISTS(801, "Group Already Exists", "18.7.2", Retry.NOT_WITHOUT_CHANGE),
    GROUP_IS_OPEN(802, "Group is Open", "18.7.3", Retry.NOT_WITHOUT_CHANGE),
    GROUP_IS_RESTRICTED(803, "Group is Restricted", "18.7.4", Retry.NOT_WITHOUT_CHANGE),
    GROUP_IS_PUBLIC(804, "Group is Public", "18.7.5", Retry.NOT_WITHOUT_CHANGE),
    GROUP_PRIVATE(805, "Group Private", "18.7.6", Retry.NOT_WITHOUT_CHANGE),
    INVALID_UNSUPPORTED_GROUP_PROPERTIES(
            806, "Invalid / Unsupported Group Properties", "18.7.7", Retry.NOT_WITHOUT_CHANGE),
    GROUP_IS_ALREADY_JOINED(807, "Group is Already Joined", "18.7.8", Retry.NO),
    GROUP_IS_NOT_JOINED(808, "Group is Not Joined", "18.7.9", Retry.NOT_WITHOUT_CHANGE),
    REJECTED(809, "Rejected", "18.7.10", Retry.NO),
    NOT_A_GROUP_MEMBER(810, "Not a Group Member", "18.7.11", Retry.NO),
    PRIVATE_MESSAGING_IS_DISABLED_FOR_GROUP(
            812, "Private Messaging is Disabled for Group", "18.7.12", Retry.NOT_WITHOUT_CHANGE),
    PRIVATE_MESSAGING_IS_DISABLED_FOR_USER(
            813, "Private Messaging is Disabled for User", "18.7.13", Retry.NOT_WITHOUT_CHANGE),
    THE_MAXIMUM_NUMBER_OF_GROUPS_HAS_BEEN_REACHED_FOR_THE_USER(
            814, "The Maximum Number of Groups Has Been Reached for the User", "18.7.14", Retry.NOT_WITHOUT_CHANGE),
    THE_MAXIMUM_NUMBER_OF_GROUPS_HAS_BEEN_REACHED_FOR_THE_SERVER(
            815, "The Maximum Number of Groups Has Been Reached for the Server", "18.7.15", Retry.MAY),
    INSUFFICIENT_GROUP_PRIVILEGES(816, "Insufficient Group Privileges", "18.7.16", Retry.NOT_WITHOUT_CHANGE),
    THE_MAXIMUM_NUMBER_OF_JOINED_USERS_HAS_BEEN_REACHED(
            817, "The Maximum Number of Joined Users Has Been Reached", "18.7.17", Retry.MAY),
    MINIMUM_AGE_REQUIREMENT_NOT_FULFILLED(818, "Minimum age requirement not fulfilled", "18.7.18", Retry.NO),
    HISTORY_IS_NOT_SUPPORTED(821, "History is Not Supported", "18.7.19", Retry.NOT_WITHOUT_CHANGE),
    CANNOT_HAVE_SEARCHABLE_GROUP_WITHOUT_NAME_OR_TOPIC(
            822, "Cannot have searchable group without name or topic", "18.7.20", Retry.NOT_WITHOUT_CHANGE),
    EXTEND_CONVERSATION_REJECTED(825, "Extend conversation rejected", "18.7.21", Retry.NO),
    MULTIPLE_ERRORS(900, "Multiple errors", "18.8.1", Retry.NOT_WITHOUT_CHANGE),
    GENERAL_ADDRESS_ERROR(901, "General Address Error", "18.8.2", Retry.NOT_WITHOUT_CHANGE),
    MSISDN_ERROR(902, "MSISDN error", "18.8.3", Retry.NOT_WITHOUT_CHANGE),
    REGISTRATION_CONFIRMATION(903, "Registration confirmation", "18.8.4", Retry.NO),
    MISSING_MANDATORY_FIELDS_OF_REQUESTING_USER(
            904, "Missing mandatory field(s) of requesting user", "18.8.5", Retry.NO),
    MISSING_MANDATORY_FIELDS_OF_REQUESTED_USER(905, "Missing mandatory field(s) of requested user", "18.8.6", Retry.NO),
    TOO_MANY_PUBLIC_PROFILES_REQUESTED(906, "Too many public profiles requested", "18.8.7", Retry.MAY),
    SERVICE_PROVIDER_AGREEMENT_MISSING(907, "Service provider agreement missing", "18.8.8", Retry.NOT_WITHOUT_CHANGE),
    THERE_ARE_NO_INSTANT_MESSAGES(908, "There are no instant messages", "18.8.9", Retry.MAY),
    RECIPIENT_DOES_NOT_SUPPORT_THE_REQUESTED_FUNCTIONALITY(
            909, "Recipient does not support the requested functionality", "18.8.10", Retry.NO),
    NOT_ENOUGH_CREDIT_TO_COMPLETE_REQUESTED_OPERATION(
            920, "Not enough credit to complete requested operation", "18.8.11", Retry.NOT_WITHOUT_CHANGE),
    OPERATION_REQUIRES_A_HIGHER_CLASS_OF_SERVICE(
            921, "Operation requires a higher class of service", "18.8.12", Retry.NOT_WITHOUT_CHANGE);

    /** Whether the request may be sent again. */
    public enum Retry {
        NO,
        /** The same request may be repeated later. */
        MAY,
        /** Only after something in the request has changed. */
        NOT_WITHOUT_CHANGE
    }

    private static final Map<Integer, StatusCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(StatusCode::code, Function.identity()));

    private final int code;
    private final String title;
    private final String section;
    private final Retry retry;

    StatusCode(int code, String title, String section, Retry retry) {
        this.code = code;
        this.title = title;
        this.section = section;
        this.retry = retry;
    }

    public int code() {
        return code;
    }

    /** The name that the document gives it. */
    public String title() {
        return title;
    }

    /** The section of the document that defines it, or that uses it where none does. */
    public String section() {
        return section;
    }

    public Retry retry() {
        return retry;
    }

    /** The code of this number, absent when the document has none. */
    public static Optional<StatusCode> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
