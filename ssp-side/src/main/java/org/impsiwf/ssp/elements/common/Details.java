package org.impsiwf.ssp.elements.common;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** The outcome of a request about several entities at once (SSP 8.2). Pure. */
final class Details {

    private Details() {}

    /**
     * 200 without failures, 201 when some succeeded; when all failed, their one code, or 900 if they have different ones.
     *
     * @param failures the entities that each code applies to, the codes in the order in which they are told
     */
    static Status ofUsers(boolean anySucceeded, SequencedMap<StatusCode, List<UserId>> failures) {
        return of(
                anySucceeded,
                failures.entrySet().stream()
                        .filter(failure -> !failure.getValue().isEmpty())
                        .map(failure -> DetailedResult.ofUsers(failure.getKey(), failure.getValue())));
    }

    static Status of(boolean anySucceeded, Stream<DetailedResult> failures) {
        List<DetailedResult> details = failures.toList();
        if (details.isEmpty()) {
            return Status.of(StatusCode.SUCCESSFUL);
        }
        if (anySucceeded) {
            return with(StatusCode.PARTIALLY_SUCCESSFUL.code(), details);
        }
        List<Integer> codes =
                details.stream().map(DetailedResult::code).distinct().toList();
        return with(codes.size() == 1 ? codes.getFirst() : StatusCode.MULTIPLE_ERRORS.code(), details);
    }

    static Status with(int code, List<DetailedResult> details) {
        return new Status(code, Optional.empty(), details, Optional.empty(), List.of());
    }

    /** A detail that concerns no entity, but what the text names. */
    static DetailedResult about(StatusCode code, String text) {
        return about(code.code(), Optional.of(text));
    }

    static DetailedResult about(int code, Optional<String> text) {
        return new DetailedResult(code, text, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** What went wrong for that user; absent when nothing did. */
    static Optional<DetailedResult> failure(UserId user, Primitive answer) {
        return answer instanceof Status status && !status.isSuccess()
                ? Optional.of(new DetailedResult(
                        status.statusCode(),
                        Optional.empty(),
                        List.of(user),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()))
                : Optional.empty();
    }
}
