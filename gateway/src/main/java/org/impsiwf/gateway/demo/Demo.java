package org.impsiwf.gateway.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.impsiwf.gateway.trace.Ladder;
import org.impsiwf.gateway.trace.TraceEntry;
import org.impsiwf.gateway.trace.TraceRecorder;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.testkit.domain.ImpsGroupMember;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;

/**
 * The main job, step by step. Every step waits for what it names to be seen at the far end, over real sockets; the first that does
 * not happen ends the demo.
 */
public final class Demo {
    private static final Duration TIME_TO_DRAIN = Duration.ofSeconds(5);
    private static final int MOST_CONVERSATIONS = 50;
    private static final int NO_SUCH_GROUP = 800;
    private static final String ALICE = "wv:alice@ims.example.com";
    private static final String CAROL = "wv:carol@ims.example.com";
    private static final String ERIN = "wv:erin@imps.example.com";

    /** One thing that must happen; throws an AssertionError that says what happened instead. */
    @FunctionalInterface
    private interface Act {
        void happens();
    }

    /** A part of the demo, with these SIP users in it. */
    private record Scene(String title, List<String> users, Instant from) {}

    /** A line of a conversation's trace. */
    private record Seen(String conversation, TraceEntry entry) {}

    /** A step failed; it has been told. */
    private static final class Stopped extends RuntimeException {}

    private final PrintWriter out;
    private final List<Scene> scenes = new ArrayList<>();
    private int steps;

    private Demo(PrintWriter out) {
        this.out = out;
    }

    /**
     * Plays it and prints each step and the call flows.
     *
     * @return whether every step happened
     */
    public static boolean play(PrintWriter out) throws IOException {
        Demo demo = new Demo(out);
        try (Stage stage = Stage.open()) {
            return demo.plays(stage);
        }
    }

    private boolean plays(Stage stage) {
        out.println("A gateway between ims.example.com (SIP, MSRP) and imps.example.com (IMPS), on loopback.");
        out.println();
        ImpsUser bob = stage.impsUser("bob");
        try (SipMsrpUser alice = stage.sipUser("alice", SipTransport.TCP);
                SipMsrpUser carol = stage.sipUser("carol", SipTransport.UDP)) {
            register(alice, carol);
            talk(alice, bob);
            pager(carol, bob);
            longMessage(carol, bob);
            refusal(alice);
            group(alice, carol, bob, stage.impsUser("erin"));
            scene("The gateway leaves", "sip users");
            step(
                    "the gateway drains: nothing is lost, the sessions log out",
                    () -> stage.gateway().drain(TIME_TO_DRAIN));
            step("the IMPS domain sees the session pair end", stage.domain()::expectsLoss);
            return ends(stage, "demo: all " + steps + " steps happened", true);
        } catch (Stopped told) {
            return ends(stage, "demo FAILED: step " + steps + " did not happen", false);
        }
    }

    private void register(SipMsrpUser alice, SipMsrpUser carol) {
        scene("Two SIP users register", "sip users");
        step("alice registers over TCP, with a digest", alice::registers);
        step("carol registers over UDP, with a digest", carol::registers);
    }

    private void talk(SipMsrpUser alice, ImpsUser bob) {
        scene("A session: alice (SIP, MSRP) talks with bob (IMPS)", "alice");
        List<Talk> talks = new ArrayList<>();
        step("alice invites bob to a session, and it is connected", () -> talks.add(alice.invites(bob.sipUri())));
        Talk talk = talks.getFirst();
        step("alice writes, and bob reads it", () -> {
            talk.sends("Hello Bob, this is MSRP.");
            bob.expectsText("Hello Bob, this is MSRP.");
        });
        step("bob writes back, and alice reads it in her session", () -> {
            bob.sendsTo("wv:alice@ims.example.com", "Hello Alice, this is IMPS.");
            talk.expectsText("Hello Alice, this is IMPS.");
        });
        step("alice asks for a delivery report, and gets it", () -> {
            String id = talk.sendsWantingReport("Did you get this?");
            bob.expectsText("Did you get this?");
            talk.expectsReport(id, 200);
        });
        step("alice leaves", talk::byes);
    }

    private void pager(SipMsrpUser carol, ImpsUser bob) {
        scene("Single messages: carol (SIP MESSAGE) and bob (IMPS)", "carol");
        step("carol sends a single MESSAGE, and bob reads it", () -> {
            carol.messages(bob.sipUri(), "No session, just a line.");
            bob.expectsText("No session, just a line.");
        });
        step("bob answers, and carol gets a MESSAGE", () -> {
            ImpsUser.Sent sent = bob.sends("wv:carol@ims.example.com", "A line back.", false);
            carol.expectsMessage("A line back.");
            require(sent.expectsStatus() == 200, "bob's domain was not told that the message was taken");
        });
    }

    private void longMessage(SipMsrpUser carol, ImpsUser bob) {
        scene("A long message from bob (IMPS): a session for carol (SIP, MSRP)", "carol");
        String text = "Too long for a MESSAGE. ".repeat(200);
        List<Talk> talks = new ArrayList<>();
        List<ImpsUser.Sent> sent = new ArrayList<>();
        step("bob writes " + text.length() + " characters, and carol is invited to a session", () -> {
            sent.add(bob.sends("wv:carol@ims.example.com", text, true));
            talks.add(carol.answersInvite());
        });
        step("carol reads all of it, and bob gets a delivery report", () -> {
            talks.getFirst().expectsText(text);
            MessageId id = sent.getFirst().messageId();
            require(sent.getFirst().expectsStatus() == 200, "bob's domain was not told that the message was taken");
            require(bob.expectsReport(id) == 200, "the report does not say delivered");
        });
        step("carol leaves", () -> talks.getFirst().byes());
    }

    private void refusal(SipMsrpUser alice) {
        scene("A refusal: alice (SIP) writes to nobody (IMPS)", "alice");
        step("alice writes to nobody, and is told that nobody is there", () -> {
            SipMessage answer = alice.message("sip:nobody@imps.example.com", "Anybody?");
            require(answer.status() == 404, "the MESSAGE was answered " + answer.startLine());
        });
    }

    private void group(SipMsrpUser alice, SipMsrpUser carol, ImpsUser bob, ImpsUser erin) {
        scene("From two to four: bob (IMPS) makes a group of his talk with alice (SIP)", "alice", "carol");
        List<Talk> talks = new ArrayList<>();
        step("alice and bob talk in a session", () -> {
            talks.add(alice.invites(bob.sipUri()));
            talks.getFirst().sends("Shall we ask the others?");
            bob.expectsText("Shall we ask the others?");
        });
        List<ImpsGroupMember> members = new ArrayList<>();
        step("bob asks carol (SIP) and erin (IMPS) in, and alice is invited to the group", () -> {
            ExtendConversationId asked = bob.extendsTalk(ALICE, List.of(CAROL, ERIN), "Bob");
            talks.add(alice.answersInvite());
            members.add(bob.expectsGroup(asked, "Bob"));
        });
        step("alice's session with bob alone ends", () -> talks.getFirst().expectsBye());
        step("carol is invited, and comes", () -> talks.add(carol.answersInvite()));
        step("erin is invited, and comes", () -> {
            GroupId group = erin.expectsInvitation().inviteGroupId().orElseThrow();
            members.add(erin.joins(group, "Erin"));
            members.getFirst().expectsJoined("Erin");
        });
        groupTalk(alice, talks, members);
        step("alice, erin and bob leave, and the group is no more", () -> {
            talks.get(1).byes();
            members.getFirst().expectsSomebodyLeft();
            members.get(1).leaves();
            members.getFirst().leaves();
            int status = bob.triesToJoin(members.getFirst().group(), "Bob");
            require(status == NO_SUCH_GROUP, "whoever joins the group now is answered " + status);
        });
    }

    private void groupTalk(SipMsrpUser alice, List<Talk> talks, List<ImpsGroupMember> members) {
        String room = "sip:" + members.getFirst().group().value().substring("wv:".length());
        Talk ofAlice = talks.get(1);
        Talk ofCarol = talks.get(2);
        step("alice writes, and carol, bob and erin read it", () -> {
            ofAlice.says(alice.uri(), room, "Hello, all of you.");
            ofCarol.expectsText("Hello, all of you.");
            members.forEach(member -> member.expectsText("Hello, all of you."));
        });
        step("bob writes, and alice, carol and erin read it", () -> {
            members.getFirst().says("Hello from the other side.");
            ofAlice.expectsText("Hello from the other side.");
            ofCarol.expectsText("Hello from the other side.");
            members.get(1).expectsText("Hello from the other side.", "Bob");
        });
        step("carol leaves, and bob is told", () -> {
            ofCarol.byes();
            members.getFirst().expectsSomebodyLeft();
        });
    }

    private void scene(String title, String... users) {
        scenes.add(new Scene(title, List.of(users), Instant.now()));
        out.println(" " + title);
    }

    private void step(String what, Act act) {
        steps++;
        try {
            act.happens();
            out.printf("   ok    %2d  %s%n", steps, what);
        } catch (AssertionError | RuntimeException failed) {
            out.printf("   FAIL  %2d  %s%n             %s%n", steps, what, failed.getMessage());
            out.flush();
            throw new Stopped();
        }
        out.flush();
    }

    private boolean ends(Stage stage, String how, boolean happened) {
        out.println();
        TraceRecorder traces = stage.gateway().traces();
        List<Seen> seen = traces.conversations(MOST_CONVERSATIONS).stream()
                .flatMap(c -> traces.trace(c).stream().flatMap(List::stream).map(entry -> new Seen(c, entry)))
                .sorted(Comparator.comparing(one -> one.entry().at()))
                .toList();
        for (int i = 0; i < scenes.size(); i++) {
            Instant end = i + 1 < scenes.size() ? scenes.get(i + 1).from() : Instant.MAX;
            flow(scenes.get(i), end, seen);
        }
        out.println(how);
        out.flush();
        return happened;
    }

    /** What the gateway saw in a scene: a column for each SIP user, one for the gateway, and one for the IMPS domain. */
    private void flow(Scene scene, Instant end, List<Seen> seen) {
        List<TraceEntry> entries = seen.stream()
                .filter(one -> !one.entry().at().isBefore(scene.from())
                        && one.entry().at().isBefore(end))
                .map(one -> inColumns(one, scene))
                .toList();
        if (!entries.isEmpty()) {
            List<String> columns = new ArrayList<>(scene.users());
            columns.addAll(List.of("iwf", "imps.example.com"));
            out.println(scene.title());
            out.println(Ladder.of(columns, entries));
        }
    }

    private static TraceEntry inColumns(Seen seen, Scene scene) {
        TraceEntry entry = seen.entry();
        String text = inShort(entry.text());
        return new TraceEntry(
                entry.at(),
                column(entry.from(), seen.conversation(), scene),
                column(entry.to(), seen.conversation(), scene),
                scene.users().size() == 1 ? text : text.replaceFirst(" sips?:\\S+", ""));
    }

    /** The conversation's id names its SIP user. */
    private static String column(String participant, String conversation, Scene scene) {
        if (!participant.startsWith("sip ") && !participant.equals("msrp")) {
            return participant;
        }
        return scene.users().stream()
                .filter(user -> conversation.contains(user + "@"))
                .findFirst()
                .orElse(scene.users().getFirst());
    }

    /** Without what is the same on every line. */
    private static String inShort(String text) {
        return text.replaceFirst("^SIP/2.0 ", "")
                .replaceFirst(" SIP/2.0$", "")
                .replaceFirst("^MSRP \\S+ ", "")
                .replaceFirst(";transport=\\w+", "");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
