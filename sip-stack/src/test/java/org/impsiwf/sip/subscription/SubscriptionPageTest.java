package org.impsiwf.sip.subscription;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.sip.GeneratedPage;
import org.junit.jupiter.api.Test;

/** The page that shows the machine is the machine. */
class SubscriptionPageTest {

    @Test
    void thePageShowsTheMachineAsItIs() throws IOException {
        GeneratedPage.check("state-machines/subscription.md", page());
    }

    private static String page() {
        var page = new StringBuilder("""
                # Subscription

                What `SubscriptionMachine` does, observed: every event in every state. Written by `SubscriptionPageTest`;
                events that change nothing are left out. `Requested` is a SUBSCRIBE in the dialog, `Notified` the response
                to our NOTIFY, the others are orders of the mapping.
                """);
        SubscriptionScenes.states().forEach((name, subscription) -> {
            page.append("\n## ").append(name).append("\n\n| event | next | orders |\n|---|---|---|\n");
            SubscriptionScenes.events().forEach((event, happened) -> {
                Instant when = happened instanceof SubscriptionEvent.DeadlineReached
                        ? subscription.state().deadline()
                        : SubscriptionScenes.T0.plus(Duration.ofMillis(1));
                row(page, subscription, event, SubscriptionScenes.MACHINE.decide(subscription, happened, when));
            });
        });
        return page.toString();
    }

    private static void row(
            StringBuilder page, Subscription subscription, String event, SubscriptionDecision decision) {
        if (decision.orders().isEmpty() && decision.next().equals(Optional.of(subscription))) {
            return;
        }
        String next = decision.next()
                .map(after -> after.state().getClass().getSimpleName())
                .orElse("–");
        String orders =
                decision.orders().stream().map(SubscriptionPageTest::nameOf).collect(Collectors.joining(", "));
        page.append("| ")
                .append(event)
                .append(" | ")
                .append(next)
                .append(" | ")
                .append(orders)
                .append(" |\n");
    }

    private static String nameOf(SubscriptionOrder order) {
        return switch (order) {
            case SubscriptionOrder.Answer answer ->
                "answer " + answer.response().status();
            case SubscriptionOrder.Grant grant -> "grant " + grant.status() + " for " + grant.expires();
            case SubscriptionOrder.SendNotify notify ->
                "NOTIFY "
                        + notify.notice()
                                .endedBy()
                                .map(reason -> "terminated, " + reason)
                                .orElse("active");
            case SubscriptionOrder.Tell(var event) -> "tell " + event.getClass().getSimpleName();
        };
    }
}
