package org.impsiwf.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.impsiwf.mapping.event.Command.Noted;
import org.junit.jupiter.api.Test;

/**
 * Users and peers that do anything at any time, in whatever order. Whatever they do: one true final answer to every
 * message, no deadline without end, nothing left behind.
 */
class RandomSequencesTest {

    private static final int RUNS = 600;
    private static final int STEPS = 40;

    @Test
    void anySequenceOfEventsEndsWithEveryMessageAnsweredOnceAndTruly() {
        int injected = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            injected += play(seed);
        }
        assertThat(injected).as("events that took part").isGreaterThan(RUNS * STEPS / 4);
    }

    private static int play(long seed) {
        Random random = new Random(seed);
        InMemoryWorld world = new InMemoryWorld();
        List<String> log = new ArrayList<>();
        int injected = 0;
        try {
            world.given("carriage", pick(random, "PAGER", "SESSION", "AUTO"));
            if (random.nextInt(4) == 0) {
                world.given("peer-invites-first", "yes");
            }
            for (int step = 0; step < STEPS; step++) {
                FlowMessage message = anything(random, step);
                if (random.nextInt(12) == 0) {
                    Duration wait = Duration.ofSeconds(pick(random, 1, 7, 20, 40, 700));
                    log.add("+" + wait.toSeconds() + "s");
                    world.advance(wait);
                } else if (world.canSend(message)) {
                    log.add(message.toString());
                    world.inject(message);
                    world.takeAll().forEach(sent -> log.add("   " + sent));
                    injected++;
                }
            }
            world.settle();
            assertThat(world.count(Noted.OUR_MISTAKE)).isZero();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "\n" + String.join("\n", log), e);
        }
        return injected;
    }

    private static FlowMessage anything(Random random, int step) {
        Map<String, String> fields = new TreeMap<>();
        boolean imps = random.nextInt(3) == 0;
        String name = imps ? impsWord(random) : sipWord(random);
        fields.put("text", "text " + step);
        switch (name) {
            case "SendMessageRequest" -> {
                fields.put("id", (random.nextInt(8) == 0 ? "again" : "m" + step) + "@imps.example.com");
                boolean again = fields.get("id").startsWith("again");
                if (again) {
                    fields.put("text", "again");
                }
                fields.put("report", pick(random, "yes", "no"));
                fields.put("size", again ? "0" : pick(random, "0", "0", "3000"));
                fields.put("type", pick(random, "text/plain", "text/plain", "text/html"));
            }
            case "SEND" -> {
                fields.put("id", "s" + step);
                fields.put("success-report", pick(random, "yes", "no"));
            }
            case "MESSAGE" -> {
                if (random.nextBoolean()) {
                    fields.put("imdn", "n" + step);
                    fields.put("report", "positive-delivery, negative-delivery");
                }
            }
            case "INVITE" -> fields.put("sdp", pick(random, "offer", "offer", "none"));
            case "ACK" -> fields.put("sdp", pick(random, "answer", "none"));
            case "REINVITE" -> {
                fields.put("direction", pick(random, "SENDRECV", "SENDONLY", "INACTIVE"));
                if (random.nextInt(3) == 0) {
                    fields.put("path", "msrp://192.0.2.9:2855/" + step + ";tcp");
                }
            }
            case "InviteRequest", "CancelInviteRequest" -> fields.put("invite", "i" + random.nextInt(3));
            case "InviteResponse" -> fields.put("accepted", pick(random, "yes", "no"));
            case "REPORT" -> fields.put("id", "unknown");
            default -> {
                // The name says it all.
            }
        }
        return new FlowMessage(imps ? "imps" : "alice", FlowMessage.GATEWAY, name, fields);
    }

    private static String sipWord(Random random) {
        return pick(
                random,
                "INVITE",
                "180 INVITE",
                "200 INVITE",
                "200 INVITE",
                "200 INVITE",
                "486 INVITE",
                "488 INVITE",
                "ACK",
                "CANCEL",
                "BYE",
                "VANISH",
                "REINVITE",
                "MESSAGE",
                "MESSAGE",
                "200 MESSAGE",
                "200 MESSAGE",
                "405 MESSAGE",
                "415 MESSAGE",
                "480 MESSAGE",
                "503 MESSAGE",
                "CONNECT",
                "CONNECT",
                "CONNECT",
                "DISCONNECT",
                "SEND",
                "SEND",
                "SEND",
                "200 SEND",
                "200 SEND",
                "408 SEND",
                "413 SEND",
                "481 SEND",
                "REPORT");
    }

    private static String impsWord(Random random) {
        return pick(
                random,
                "SendMessageRequest",
                "SendMessageRequest",
                "SendMessageRequest",
                "SendMessageResponse 200",
                "SendMessageResponse 200",
                "SendMessageResponse 531",
                "SendMessageResponse 101",
                "Status 200",
                "Status 500",
                "SILENCE",
                "DOWN",
                "UP",
                "UP",
                "InviteRequest",
                "CancelInviteRequest",
                "InviteResponse",
                "DeliveryStatusReport");
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
