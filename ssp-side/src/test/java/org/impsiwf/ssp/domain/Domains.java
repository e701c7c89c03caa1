package org.impsiwf.ssp.domain;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Service;
import org.junit.jupiter.api.AfterEach;

/** Domains of one test, and elements that do as it says. */
abstract class Domains {

    static final Set<Service> IM = Set.of(Service.IM);

    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<TestHome> homes = new ArrayList<>();

    @AfterEach
    void closeAll() {
        TestHome.close(homes);
    }

    TestHome home(String name) throws IOException {
        return keep(new TestHome(name, table -> table));
    }

    TestHome home(String name, ServiceElement element) throws IOException {
        return keep(new TestHome(name, DomainLimits.DEFAULT, element));
    }

    TestHome keep(TestHome home) {
        homes.add(home);
        return home;
    }

    /** An element for messages that does as the test says. */
    static ServiceElement serving(Function<ServiceRequest, Primitive> serve) {
        return serving(Set.of(SendMessageRequest.class, LeaveGroupIndication.class), serve);
    }

    static ServiceElement serving(Set<Class<? extends Primitive>> served, Function<ServiceRequest, Primitive> serve) {
        return new ServiceElement() {
            @Override
            public Set<Class<? extends Primitive>> serves() {
                return served;
            }

            @Override
            public Primitive serve(ServiceRequest request) {
                return serve.apply(request);
            }
        };
    }

    static ServiceElement failing(RuntimeException failure) {
        return serving(request -> {
            throw failure;
        });
    }

    static Primitive accepted(ServiceRequest request) {
        SendMessageRequest message = (SendMessageRequest) request.primitive();
        return new SendMessageResponse(
                Status.of(StatusCode.SUCCESSFUL), message.messageInfo().messageId());
    }

    /** All of them are under way at once before the first is answered. */
    static void awaitAll(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    static NewMessage notice(TestHome from, List<UserId> users) {
        return notice(from, users.stream().map(User::of).toArray(User[]::new));
    }

    static NewMessage notice(TestHome from, User... users) {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId("told")),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(users).stream().map(MessageInfo.Recipient::new).toList(),
                Optional.empty(),
                Optional.empty());
        return new NewMessage(
                Optional.of(MetaInformation.ofServer(from.domain.serviceId())),
                Optional.empty(),
                List.of(users),
                info,
                Content.text("told"));
    }
}
