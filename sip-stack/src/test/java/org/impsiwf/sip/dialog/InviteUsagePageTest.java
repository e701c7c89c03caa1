package org.impsiwf.sip.dialog;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.sip.GeneratedPage;
import org.impsiwf.sip.event.SipEvent;
import org.junit.jupiter.api.Test;

/** The page that shows the machine is what the machine does; {@code -Diwf.docs=write} writes it anew. */
class InviteUsagePageTest {

    @Test
    void thePageShowsTheMachineAsItIs() throws IOException {
        GeneratedPage.check("state-machines/invite-usage.md", page());
    }

    private static String page() {
        var page = new StringBuilder("""
                # INVITE usage

                What `InviteUsageMachine` does, observed: every event in every state. Written by `InviteUsagePageTest`;
                events that change nothing are left out. `Requested` events are messages of the other side, orders come
                from the mapping.
                """);
        UsageScenes.states().forEach((name, usage) -> {
            page.append("\n## ").append(name).append("\n\n| event | next | orders |\n|---|---|---|\n");
            UsageScenes.events(usage).forEach((event, happened) -> {
                Instant when = happened instanceof UsageEvent.DeadlineReached
                        ? usage.deadline().orElse(UsageScenes.T0)
                        : UsageScenes.T0.plus(Duration.ofMillis(1));
                row(page, usage, event, happened, when);
            });
        });
        return page.toString();
    }

    private static void row(StringBuilder page, InviteUsage usage, String event, UsageEvent happened, Instant when) {
        UsageDecision decision = UsageScenes.MACHINE.decide(usage, happened, when);
        String next = decision.next().map(InviteUsagePageTest::nameOf).orElse("–");
        if (decision.orders().isEmpty() && decision.next().equals(Optional.of(usage))) {
            return;
        }
        String orders =
                decision.orders().stream().map(InviteUsagePageTest::nameOf).collect(Collectors.joining(", "));
        page.append("| ")
                .append(event)
                .append(" | ")
                .append(next)
                .append(" | ")
                .append(orders)
                .append(" |\n");
    }

    private static String nameOf(InviteUsage usage) {
        return usage.state() instanceof UsageState.Talking(Exchange exchange)
                ? "Talking, " + exchange.getClass().getSimpleName()
                : usage.state().getClass().getSimpleName();
    }

    private static String nameOf(UsageOrder order) {
        return switch (order) {
            case UsageOrder.Tell(SipEvent event) -> "tell " + event.getClass().getSimpleName();
            case UsageOrder.Answer answer -> "answer " + answer.response().status();
            case UsageOrder.SendRefusal refusal -> "refuse " + refusal.refusal().status();
            case UsageOrder.SendProvisional provisional -> "send " + provisional.status();
            case UsageOrder.SendReinvite reinvite -> reinvite.update() ? "SendUpdate" : "SendReinvite";
            default -> order.getClass().getSimpleName();
        };
    }
}
