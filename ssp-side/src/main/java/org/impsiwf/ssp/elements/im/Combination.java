package org.impsiwf.ssp.elements.im;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;

/**
 * One Status for a request that had several outcomes: 200 when all is done, 201 with the failed parts when some is (SSP
 * 18.2.2), the one code when all failed alike, and 900 with the causes otherwise (SSP 18.8.1). Pure.
 */
public final class Combination {

    private Combination() {}

    public static Status of(List<Part> parts) {
        List<DetailedResult> failures = new ArrayList<>();
        boolean someDone = false;
        for (Part part : parts) {
            Status status = part.status();
            someDone |= status.isSuccess();
            if (status.statusCode() == StatusCode.PARTIALLY_SUCCESSFUL.code()
                    || (!status.isSuccess() && !status.detailedResult().isEmpty())) {
                failures.addAll(status.detailedResult());
            } else if (!status.isSuccess()) {
                failures.add(detail(part));
            }
        }
        Status status = failures.isEmpty()
                ? Status.of(StatusCode.SUCCESSFUL)
                : someDone
                        ? with(StatusCode.PARTIALLY_SUCCESSFUL.code(), Optional.empty(), failures)
                        : failed(failures);
        return withSystemMessages(status, parts);
    }

    /** SSP 8.2: what an operator tells the user along with any outcome. */
    private static Status withSystemMessages(Status status, List<Part> parts) {
        List<SystemMessage> messages = parts.stream()
                .flatMap(part -> part.status().systemMessageList().stream())
                .distinct()
                .toList();
        return messages.isEmpty()
                ? status
                : new Status(
                        status.statusCode(),
                        status.statusDescription(),
                        status.detailedResult(),
                        status.tryAgainTimeout(),
                        messages);
    }

    private static DetailedResult detail(Part part) {
        Status status = part.status();
        return new DetailedResult(
                status.statusCode(),
                status.statusDescription(),
                part.users(),
                part.groups(),
                part.names(),
                List.of(),
                part.messages());
    }

    private static Status failed(List<DetailedResult> failures) {
        int first = failures.getFirst().code();
        boolean alike = failures.stream().allMatch(failure -> failure.code() == first);
        return alike
                ? with(first, failures.getFirst().description(), failures)
                : with(StatusCode.MULTIPLE_ERRORS.code(), Optional.empty(), failures);
    }

    private static Status with(int code, Optional<String> description, List<DetailedResult> details) {
        return new Status(code, description, details, Optional.empty(), List.of());
    }
}
