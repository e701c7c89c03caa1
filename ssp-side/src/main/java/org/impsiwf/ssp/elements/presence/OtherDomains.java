package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Asks the domains of users, all at once: a slow one delays no other, and the whole no more than the slowest. */
final class OtherDomains {

    private final ServiceAccessPoint sap;

    OtherDomains(ServiceAccessPoint sap) {
        this.sap = sap;
    }

    /** What one domain said of its users. */
    record Answer(List<UserId> users, Primitive primitive) {

        /** Of a response with values of its own too. */
        Status status() {
            return switch (primitive) {
                case Status status -> status;
                case GetPresenceResponse response -> response.statusInfo();
                default -> Status.of(StatusCode.INTERNAL_SERVER_ERROR, "an answer of another transaction");
            };
        }
    }

    /** One request per domain, for all its users. */
    List<Answer> ask(List<UserId> users, Function<List<UserId>, Primitive> request) {
        Map<String, List<UserId>> byDomain =
                users.stream().collect(Collectors.groupingBy(UserId::domain, LinkedHashMap::new, Collectors.toList()));
        if (byDomain.size() <= 1) {
            return byDomain.entrySet().stream()
                    .map(one -> ask(one.getKey(), one.getValue(), request))
                    .toList();
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> asked = new ArrayList<>();
            byDomain.forEach((domain, some) -> asked.add(threads.submit(() -> ask(domain, some, request))));
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : asked) {
                answers.add(one.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(new Answer(users, Status.of(StatusCode.SERVICE_UNAVAILABLE)));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Answer ask(String domain, List<UserId> users, Function<List<UserId>, Primitive> request) {
        return new Answer(users, sap.ask(domain, request.apply(users)));
    }
}
