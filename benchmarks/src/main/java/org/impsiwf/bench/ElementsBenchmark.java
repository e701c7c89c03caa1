package org.impsiwf.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.User;

/** Transactions through the whole provider path, and whether their cost grows with what they do not touch. */
final class ElementsBenchmark implements Benchmark {

    private static final int FEW = 1_000;
    private static final int MANY = Integer.parseInt(System.getenv().getOrDefault("IWF_BENCH_USERS", "100000"));
    private static final int GROUPS_OF_AN_OPERATOR = MANY / 10;
    private static final int ONLINE = 100;
    private static final int ROUNDS = 3;
    private static final Duration ROUND =
            Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("IWF_BENCH_SECONDS", "4")));

    private final SspCodec codec = new SspCodec();
    private final AtomicInteger numbers = new AtomicInteger();
    private final MetaInformation meta = MetaInformation.ofServer(ElementsWorld.SELF);
    private final Template leaving = template(new LeaveGroupRequest(meta, ElementsWorld.group(Template.place(0))), 1);

    @Override
    public String name() {
        return "elements";
    }

    @Override
    public String summary() {
        return "decode, rules, storage and encode of a provider, against the same XML and one bare database statement";
    }

    /** One transaction: how it is asked, and what shows that it succeeded. */
    private record Kind(
            String name, boolean writes, Template template, Numbers filled, Class<? extends Primitive> answer) {}

    @FunctionalInterface
    private interface Numbers {
        int[] of(int run, int size);
    }

    @Override
    public void run(Report report) throws Exception {
        try (ElementsWorld many = new ElementsWorld();
                ElementsWorld few = new ElementsWorld();
                BareDatabase bare = new BareDatabase()) {
            memory(report, many);
            many.addGroups(MANY);
            few.addUsers(FEW);
            few.addGroups(FEW);
            few.addSubscriptions(FEW, FEW);
            for (ElementsWorld world : List.of(few, many)) {
                world.restartCompacted();
                world.logIn(ONLINE);
                for (int i = 0; i < ONLINE; i++) {
                    shows(world, i);
                }
            }
            for (Kind kind : List.of(sendMessage(), joinGroup(), getPresence(), search())) {
                compare(report, kind, few, many, bare);
            }
        }
        for (int domains : List.of(1, 10, 100)) {
            try (GroupFanOut fanOut = new GroupFanOut(domains)) {
                fanOut.measure(report);
            }
        }
    }

    private void compare(Report report, Kind kind, ElementsWorld few, ElementsWorld many, BareDatabase bare)
            throws Exception {
        InFlight ofFew = transactions(kind, few, FEW);
        InFlight ofMany = transactions(kind, many, MANY);
        InFlight ceiling = ceiling(kind, bare);
        // In turn, so that what else the machine does hits all of them; the first of each was the warm-up.
        for (int round = 0; round < ROUNDS; round++) {
            ofFew = better(round, ofFew, transactions(kind, few, FEW));
            ofMany = better(round, ofMany, transactions(kind, many, MANY));
            ceiling = better(round, ceiling, ceiling(kind, bare));
        }
        show(report, kind.name() + ", " + thousands(FEW), ofFew);
        show(report, kind.name() + ", " + thousands(MANY), ofMany);
        show(report, kind.name() + ", its XML and one statement (ceiling)", ceiling);
        report.figure(kind.name() + " ÷ ceiling", ofMany.perSecond() / ceiling.perSecond(), "");
        report.atMost(
                kind.name() + ", CPU at " + thousands(MANY) + " ÷ at " + thousands(FEW),
                ofMany.cpu() / ofFew.cpu(),
                1.3);
    }

    private static InFlight better(int round, InFlight before, InFlight now) {
        return round == 0 || now.cpu() < before.cpu() ? now : before;
    }

    private static String thousands(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void show(Report report, String what, InFlight measured) {
        report.figure(what, measured.perSecond(), "a second");
        report.figure(what, measured.cpu(), "µs of CPU each");
    }

    // ---- one transaction

    private InFlight transactions(Kind kind, ElementsWorld world, int size) throws Exception {
        return InFlight.of(ROUND, numbers, run -> {
            Primitive answer =
                    transact(world, run, kind.template().with(kind.filled().of(run, size)));
            if (!kind.answer().isInstance(answer)) {
                throw new IllegalStateException(kind.name() + " answered by " + answer);
            }
            if (answer instanceof JoinGroupResponse) {
                leave(world, run, size);
            }
        });
    }

    private Primitive transact(ElementsWorld world, int run, byte[] document) throws Exception {
        Primitive answer = world.online(run).request(SspSamples.primitive(codec, document));
        if (document(Mode.RESPONSE, answer).length == 0) {
            throw new IllegalStateException("an answer without bytes");
        }
        return answer;
    }

    private byte[] document(Mode mode, Primitive primitive) {
        return codec.encode(
                SspMessage.InSession.of(
                        new SessionId("s42@imps.example.com"),
                        new SspMessage.Transaction(mode, new TransactionId("a-0007"), primitive)),
                Dialect.OMA_1_3);
    }

    private InFlight ceiling(Kind kind, BareDatabase bare) throws Exception {
        Primitive status = Status.of(200);
        return InFlight.of(ROUND, numbers, run -> {
            byte[] document = kind.template().with(kind.filled().of(run, FEW));
            SspSamples.primitive(codec, document);
            bare.statement(run, kind.writes());
            document(Mode.RESPONSE, status);
        });
    }

    // ---- what is asked

    private Kind sendMessage() {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId("m" + Template.place(0) + "@imps.example.com")),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(User.of(ElementsWorld.user(Template.place(1))))),
                Optional.of(MessageInfo.Sender.of(User.of("wv:sender@imps.example.com"))),
                Optional.empty());
        return new Kind(
                "SendMessage to a local user",
                true,
                template(new SendMessageRequest(meta, false, info, Optional.of(Content.text("x".repeat(120)))), 2),
                (run, size) -> new int[] {run, (run * 7) % ONLINE},
                SendMessageResponse.class);
    }

    private Kind joinGroup() {
        return new Kind(
                "JoinGroup and LeaveGroup",
                true,
                template(
                        new JoinGroupRequest(
                                meta,
                                ElementsWorld.group(Template.place(0)),
                                true,
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Optional.empty()),
                        1),
                (run, size) -> new int[] {(run * 31) % size},
                JoinGroupResponse.class);
    }

    private void leave(ElementsWorld world, int run, int size) throws Exception {
        Primitive answer = transact(world, run, leaving.with((run * 31) % size));
        if (!(answer instanceof LeaveGroupIndication)) {
            throw new IllegalStateException("LeaveGroup answered by " + answer);
        }
    }

    private Kind getPresence() {
        return new Kind(
                "GetPresence",
                false,
                template(
                        new GetPresenceRequest(
                                meta, List.of(ElementsWorld.user(Template.place(0))), List.of(), Optional.empty()),
                        1),
                (run, size) -> new int[] {(run * 7) % ONLINE},
                GetPresenceResponse.class);
    }

    private void shows(ElementsWorld world, int user) {
        Primitive answer = world.online(user)
                .request(new CreateAttrListRequest(
                        meta,
                        new PresenceAttributeList(List.of(PresenceAttribute.ONLINE_STATUS)),
                        true,
                        List.of(),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty()));
        if (!(answer instanceof Status status && status.isSuccess())) {
            throw new IllegalStateException("CreateAttrList answered by " + answer);
        }
    }

    private Kind search() {
        return new Kind(
                "Search by last name",
                true,
                template(
                        new SearchRequest(
                                meta,
                                List.of(new SearchPair(
                                        SearchElement.USER_LAST_NAME, "Last" + Template.place(0), Optional.empty())),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        1),
                (run, size) -> new int[] {(run * 31) % size},
                SearchResponse.class);
    }

    private Template template(Primitive primitive, int numbersInIt) {
        return new Template(document(Mode.REQUEST, primitive), numbersInIt);
    }

    // ---- memory

    private static void memory(Report report, ElementsWorld world) throws IOException, SQLException {
        long heap = UsedHeap.afterCollection();
        world.addUsers(MANY);
        heap = grown(report, world, thousands(MANY) + " users with profiles", heap);
        world.addGroups(GROUPS_OF_AN_OPERATOR);
        heap = grown(report, world, thousands(GROUPS_OF_AN_OPERATOR) + " groups", heap);
        world.addSubscriptions(MANY, MANY);
        grown(report, world, thousands(MANY) + " subscriptions", heap);
    }

    private static long grown(Report report, ElementsWorld world, String what, long before)
            throws IOException, SQLException {
        world.restartCompacted();
        long now = UsedHeap.afterCollection();
        report.figure("heap more with " + what, (now - before) / 1e6, "MB");
        report.figure("database with " + what + " too", world.bytesOnDisk() / 1e6, "MB");
        return now;
    }
}
