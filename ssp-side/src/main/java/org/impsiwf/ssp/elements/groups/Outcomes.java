package org.impsiwf.ssp.elements.groups;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** What became of each of several users, and the one Status that says so (SSP 18.2.2, 18.8.1). Not thread-safe. */
final class Outcomes {

    private final Map<StatusCode, Failed> failed = new LinkedHashMap<>();
    private int succeeded;

    private record Failed(List<UserId> users, List<ScreenName> names) {

        DetailedResult because(StatusCode code) {
            return new DetailedResult(code.code(), Optional.empty(), users, List.of(), names, List.of(), List.of());
        }
    }

    void succeeded() {
        succeeded++;
    }

    void failed(StatusCode code, UserId user) {
        of(code).users().add(user);
    }

    void failed(StatusCode code, ScreenName name) {
        of(code).names().add(name);
    }

    private Failed of(StatusCode code) {
        return failed.computeIfAbsent(code, any -> new Failed(new ArrayList<>(), new ArrayList<>()));
    }

    /** Those of another part of the same request as well. */
    void addAll(Outcomes others) {
        succeeded += others.succeeded;
        others.failed.forEach((code, those) -> {
            of(code).users().addAll(those.users());
            of(code).names().addAll(those.names());
        });
    }

    Status status() {
        List<DetailedResult> details = new ArrayList<>();
        failed.forEach((code, those) -> details.add(those.because(code)));
        return new Status(code().code(), Optional.empty(), details, Optional.empty(), List.of());
    }

    private StatusCode code() {
        if (failed.isEmpty()) {
            return StatusCode.SUCCESSFUL;
        }
        if (succeeded > 0) {
            return StatusCode.PARTIALLY_SUCCESSFUL;
        }
        return failed.size() == 1 ? failed.keySet().iterator().next() : StatusCode.MULTIPLE_ERRORS;
    }
}
