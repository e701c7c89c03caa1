package org.impsiwf.ssp.elements.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Collects what became of the items of one request (SSP 8.2, 18.2.2, 18.8.1). For one thread. */
public final class PartialResult {

    private boolean anySucceeded;
    private final Map<Integer, List<UserId>> users = new LinkedHashMap<>();
    private final List<DetailedResult> others = new ArrayList<>();

    public void succeeded() {
        anySucceeded = true;
    }

    public void succeededIf(boolean something) {
        anySucceeded |= something;
    }

    public void failed(int code, Collection<UserId> whom) {
        users.computeIfAbsent(code, any -> new ArrayList<>()).addAll(whom);
    }

    public void failed(StatusCode code, UserId whom) {
        failed(code.code(), List.of(whom));
    }

    /** A detail has no room for Contact-List-IDs, so they are in the description. */
    public void failed(StatusCode code, ContactListId list) {
        others.add(new DetailedResult(
                code.code(), Optional.of(list.value()), List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    /** What became of another part of the same request. */
    public void add(PartialResult part) {
        anySucceeded |= part.anySucceeded;
        part.users.forEach(this::failed);
        others.addAll(part.others);
    }

    /** What another domain said of its part. */
    public void add(Status status, Collection<UserId> asked) {
        if (!status.isSuccess()) {
            failed(status.statusCode(), asked);
            return;
        }
        succeeded();
        status.detailedResult().forEach(detail -> failed(detail.code(), detail.userIds()));
    }

    /**
     * 200 when nothing failed, 201 when something did and something did not, the one code when everything failed for the
     * same reason, else 900; with the details of what failed.
     */
    public Status status() {
        List<DetailedResult> details = details();
        if (details.isEmpty()) {
            return Status.of(StatusCode.SUCCESSFUL);
        }
        int code = anySucceeded ? StatusCode.PARTIALLY_SUCCESSFUL.code() : reason(details);
        return new Status(code, Optional.empty(), details, Optional.empty(), List.of());
    }

    private static int reason(List<DetailedResult> details) {
        List<Integer> codes =
                details.stream().map(DetailedResult::code).distinct().toList();
        return codes.size() == 1 ? codes.getFirst() : StatusCode.MULTIPLE_ERRORS.code();
    }

    private List<DetailedResult> details() {
        List<DetailedResult> details = new ArrayList<>();
        users.forEach((code, whom) -> details.add(
                new DetailedResult(code, Optional.empty(), whom, List.of(), List.of(), List.of(), List.of())));
        details.addAll(others);
        return details;
    }
}
