package org.impsiwf.mapping.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.impsiwf.mapping.CommandNames;
import org.impsiwf.mapping.DocPage;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Test;

/** The state machine as it is: every happening in every stage of an extension, written down for review. */
class ExtensionStateTableTest {

    private static final String BOB = "sip:bob@imps.example.com";
    private static final String TOM = "sip:tom@ims.example.com";

    @Test
    void pageOfTheDocumentationShowsEveryHappeningInEveryStage() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Extension: every happening in every stage of an INVITE to the conference factory

                Observed: each event is given to each stage. A cell says the next stage, if it is another one, and the orders; **over**
                is: nothing is kept. `·` is: nothing happens. The talk that is extended hears `ExtensionOver` on every way out; the
                participation that gets the INVITE hears `EntryAgreed`. Written by `ExtensionStateTableTest` (`-Diwf.docs=write`).

                """);
        page.append("| event | ").append(String.join(" | ", stages().keySet())).append(" |\n");
        page.append("|---".repeat(stages().size() + 1)).append("|\n");
        happenings().forEach((name, happening) -> {
            page.append("| ").append(name);
            stages().forEach((stage, begin) -> page.append(" | ").append(cell(begin.get(), happening)));
            page.append(" |\n");
        });
        DocPage.check("state-machines/extension.md", page.toString());
    }

    @Test
    void samplesHoldEveryStage() {
        Set<Class<?>> sampled = stages().values().stream()
                .map(begin -> begin.get().stage().getClass())
                .collect(Collectors.toSet());
        assertThat(sampled)
                .isEqualTo(Arrays.stream(Stage.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }

    @Test
    void everyStageEndsByItself() {
        stages().forEach((name, begin) -> {
            Attempts attempts = begin.get();
            for (int i = 0; i < 10 && attempts.state.isPresent(); i++) {
                attempts.timeUp();
            }
            assertThat(attempts.state).as(name).isEmpty();
            assertThat(Duration.between(Attempts.START, attempts.now)).as(name).isLessThan(Duration.ofMinutes(15));
        });
    }

    @Test
    void aDeadlineThatComesTooEarlyChangesNothing() {
        stages().forEach((name, begin) -> {
            Attempts attempts = begin.get();
            var before = attempts.state;
            attempts.put(new Event.DeadlineReached());
            assertThat(attempts.state).as(name).isEqualTo(before);
            assertThat(attempts.commands).as(name).isEmpty();
        });
    }

    /** Every way out but the handing over refuses the INVITE exactly once, unless its initiator has left. */
    @Test
    void theInviteIsAlwaysAnswered() {
        for (String open : Set.of("Seeking", "Creating", "Asking", "Waiting")) {
            happenings().forEach((name, happening) -> {
                Attempts attempts = stages().get(open).get();
                happening.accept(attempts);
                boolean pending = attempts.state.isPresent()
                        && !(attempts.stage() instanceof Stage.Withdrawn || attempts.stage() instanceof Stage.Leaving);
                long refusals = attempts.commands.stream()
                        .filter(command -> command instanceof Command.Sip(SipCommand.RefuseInvite refuse))
                        .count();
                boolean left =
                        name.contains("InviteCancelled") || name.contains("ByeReceived") || name.contains("UsageEnded");
                assertThat(refusals).as(open + ": " + name).isEqualTo(pending || left ? 0 : 1);
            });
        }
    }

    private static Map<String, Supplier<Attempts>> stages() {
        Map<String, Supplier<Attempts>> stages = new LinkedHashMap<>();
        stages.put("Seeking", () -> new Attempts().replacing(BOB, TOM));
        stages.put("Creating", () -> new Attempts().put(Attempts.invite(BOB, TOM)));
        stages.put("Asking", () -> stages.get("Seeking").get().named(Attempts.WITH_BOB, true));
        stages.put("Waiting", () -> stages.get("Asking").get().answered(200));
        stages.put("HandedOver", () -> stages.get("Waiting").get().extended(200));
        stages.put("HandedOver (taken)", () -> stages.get("HandedOver").get().put(new Event.EntryTaken()));
        stages.put("Withdrawn", () -> stages.get("Waiting").get().put(new SipEvent.InviteCancelled(Attempts.USAGE)));
        stages.put(
                "Withdrawn (group)",
                () -> stages.get("Creating").get().put(new SipEvent.InviteCancelled(Attempts.USAGE)));
        stages.put("Leaving", () -> stages.get("Withdrawn").get().extended(200));
        return stages;
    }

    private interface Happened {
        void accept(Attempts attempts);
    }

    private static Map<String, Happened> happenings() {
        Map<String, Happened> happenings = new LinkedHashMap<>();
        happenings.put("TalkNamed, meant", a -> a.named(Attempts.WITH_BOB, true));
        happenings.put("TalkNamed, not meant", a -> a.named(Attempts.WITH_BOB, false));
        happenings.put("TalkNamed, busy", a -> a.put(new Event.TalkNamed(Attempts.WITH_BOB, true, true)));
        happenings.put("TalkEnded", a -> a.put(new Event.TalkEnded(Attempts.WITH_BOB)));
        happenings.put("EntryTaken", a -> a.put(new Event.EntryTaken()));
        happenings.put("SSP answered 200", a -> answered(a, Status.of(200)));
        happenings.put("SSP answered 815", a -> answered(a, Status.of(815)));
        happenings.put("SSP RequestFailed, no session", a -> failed(a, SspEvent.Cause.NO_SESSION));
        happenings.put("SSP RequestFailed, no answer", a -> failed(a, SspEvent.Cause.NO_ANSWER));
        happenings.put("SSP ExtendConversationResponse 200", a -> extended(a, 200));
        happenings.put("SSP ExtendConversationResponse 825", a -> extended(a, 825));
        happenings.put("SIP InviteCancelled", a -> a.put(new SipEvent.InviteCancelled(Attempts.USAGE)));
        happenings.put("SIP ByeReceived", a -> a.put(new SipEvent.ByeReceived(Attempts.USAGE, Optional.empty())));
        happenings.put("SIP UsageEnded", a -> a.put(new SipEvent.UsageEnded(Attempts.USAGE, "no answer in time")));
        happenings.put("DeadlineReached", Attempts::timeUp);
        happenings.put("Draining", a -> a.put(new Event.Draining()));
        happenings.put("TakenOver", a -> a.put(new Event.TakenOver()));
        return happenings;
    }

    private static void answered(Attempts a, Status status) {
        a.put(new Event.Ssp(new SspEvent.ResponseReceived(Attempts.IMPS, a.requestOrOther(), status)));
    }

    private static void failed(Attempts a, SspEvent.Cause cause) {
        a.put(new Event.Ssp(new SspEvent.RequestFailed(Attempts.IMPS, a.requestOrOther(), cause)));
    }

    private static void extended(Attempts a, int code) {
        a.extended(
                Attempts.IMPS, a.extensionIdOrOther(), "wv:/talk@imps.example.com", Status.of(code), Optional.empty());
    }

    private static String cell(Attempts attempts, Happened happening) {
        Class<?> before = attempts.stage().getClass();
        happening.accept(attempts);
        String next = attempts.state.isEmpty()
                ? "**over** "
                : attempts.stage().getClass() == before
                        ? ""
                        : "**" + attempts.stage().getClass().getSimpleName() + "** ";
        String orders = attempts.commands.stream()
                .map(ExtensionStateTableTest::name)
                .filter(order -> !order.isEmpty())
                .collect(Collectors.joining(", "));
        return next.isEmpty() && orders.isEmpty() ? "·" : (next + orders).strip();
    }

    private static String name(Command command) {
        return switch (command) {
            case Command.Sip(SipCommand.RefuseInvite(var usage, var response)) -> "SIP " + response.status();
            case Command.Ssp(SspCommand.Answer(var transaction, Status status)) -> "SSP Status " + status.statusCode();
            default -> CommandNames.of(command);
        };
    }
}
