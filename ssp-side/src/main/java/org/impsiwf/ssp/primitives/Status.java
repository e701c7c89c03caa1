package org.impsiwf.ssp.primitives;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * SSP 8.2: the outcome of a request; a response of its own, and part of other responses.
 *
 * @param statusCode three digits; peers may send numbers that the document lacks, their first digit then decides
 * @param tryAgainTimeout how long the peer asks us to wait before a repeat, in seconds on the wire
 */
@Section("8.2")
@Use({PrimitiveUse.STRUCTURE, PrimitiveUse.RESPONSE})
@From({})
public record Status(
        @Attribute("code") int statusCode,
        @Element("StatusDescription") Optional<String> statusDescription,
        @Element("DetailedResult") List<DetailedResult> detailedResult,

        @Added("observed on the wire") @Element("TryAgainTimeout")
        Optional<Duration> tryAgainTimeout,

        @In("SystemMessageList") List<SystemMessage> systemMessageList)
        implements Primitive {

    public Status {
        Rules.requireValue(statusCode >= 100 && statusCode <= 999, "Status code", "is not a number of three digits");
        detailedResult = List.copyOf(detailedResult);
        systemMessageList = List.copyOf(systemMessageList);
    }

    public static Status of(StatusCode code) {
        return of(code.code());
    }

    public static Status of(int code) {
        return new Status(code, Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    public static Status of(StatusCode code, String description) {
        return of(code.code(), description);
    }

    public static Status of(int code, String description) {
        return new Status(code, Optional.of(description), List.of(), Optional.empty(), List.of());
    }

    /** The code as the document knows it, absent for a number it lacks. */
    public Optional<StatusCode> known() {
        return StatusCode.of(statusCode);
    }

    /** 1xx: the final answer is still to come. */
    public boolean isProvisional() {
        return statusCode / 100 == 1;
    }

    /** 2xx, partial success included. */
    public boolean isSuccess() {
        return statusCode / 100 == 2;
    }

    /** One item's own outcome, and the entities that it concerns. */
    public record DetailedResult(
            @Attribute("code") int code,
            @Element("StatusDescription") Optional<String> description,
            List<UserId> userIds,
            List<GroupId> groupIds,
            @Also("ScreenNames") List<ScreenName> screenNames,
            @Element("Domain") List<String> domains,
            List<MessageId> messageIds) {

        public DetailedResult {
            userIds = List.copyOf(userIds);
            groupIds = List.copyOf(groupIds);
            screenNames = List.copyOf(screenNames);
            domains = List.copyOf(domains);
            messageIds = List.copyOf(messageIds);
        }

        public static DetailedResult ofUsers(StatusCode code, List<UserId> users) {
            return new DetailedResult(code.code(), Optional.empty(), users, List.of(), List.of(), List.of(), List.of());
        }
    }
}
