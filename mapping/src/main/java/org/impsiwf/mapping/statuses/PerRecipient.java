package org.impsiwf.mapping.statuses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Gathers what became of one request for each of its recipients: 200 for all, 201 for some, the common reason or 900 for none, and
 * each failure with those that it concerns (SSP 18.2.2, 18.8.1). Lives for one answer.
 */
public final class PerRecipient {

    private final Map<Integer, List<Addressee>> failed = new TreeMap<>();
    private boolean some;

    public void succeeded() {
        some = true;
    }

    public void failed(int code, Addressee recipient) {
        failed.computeIfAbsent(code, first -> new ArrayList<>()).add(recipient);
    }

    public Status status() {
        if (failed.isEmpty()) {
            return Status.of(200);
        }
        int code = some ? 201 : failed.size() == 1 ? failed.keySet().iterator().next() : 900;
        List<DetailedResult> details = failed.entrySet().stream()
                .map(entry -> detail(entry.getKey(), entry.getValue()))
                .toList();
        return new Status(code, Optional.empty(), details, Optional.empty(), List.of());
    }

    private static DetailedResult detail(int code, List<Addressee> recipients) {
        return new DetailedResult(
                code,
                Optional.empty(),
                recipients.stream().flatMap(PerRecipient::userId).toList(),
                only(GroupId.class, recipients),
                only(ScreenName.class, recipients),
                List.of(),
                List.of());
    }

    /** A detailed result has no place for contact lists; they stand with the users. */
    private static Stream<UserId> userId(Addressee recipient) {
        return switch (recipient) {
            case User user -> Stream.of(user.userId());
            case ContactListId list -> Stream.of(new UserId(list.value()));
            case GroupId group -> Stream.empty();
            case ScreenName name -> Stream.empty();
        };
    }

    private static <T> List<T> only(Class<T> type, List<Addressee> recipients) {
        return recipients.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
