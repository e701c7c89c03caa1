package org.impsiwf.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.domain.Attachment;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** A group of ours with 1,000 members in so many other domains, each a server of its own; one of our users writes to it. */
final class GroupFanOut implements AutoCloseable {

    private static final int MEMBERS = 1_000;
    private static final int MESSAGES = 20;
    private static final int PATIENCE_SECONDS = 300;
    private static final UserId HOST = new UserId("wv:host@" + ElementsWorld.SELF.domain());
    private static final GroupId GROUP = new GroupId("wv:host/club@" + ElementsWorld.SELF.domain());

    private final ElementsWorld home = new ElementsWorld();
    private final List<MemberDomain> domains = new ArrayList<>();
    private final AtomicInteger transactions = new AtomicInteger();
    private final MetaInformation meta = MetaInformation.ofUser(ElementsWorld.SELF, HOST);
    private final Attachment host;
    private volatile CountDownLatch reached = new CountDownLatch(0);

    GroupFanOut(int count) throws IOException, InterruptedException {
        home.whole().register(Registration.of(HOST));
        host = home.whole().domain().attach(HOST, ClientId.of("bench"), ElementsWorld::take);
        Primitive created = host.request(new CreateGroupRequest(
                meta,
                GROUP,
                new GroupProperties(List.of(), Optional.empty()),
                /* joinGroup= */ true,
                Optional.empty(),
                /* subscribeNotif= */ false));
        if (!(created instanceof Status status && status.isSuccess())) {
            throw new IllegalStateException("CreateGroup answered by " + created);
        }
        int port = home.whole().domain().addresses().getFirst().getPort();
        for (int i = 0; i < count; i++) {
            MemberDomain domain = new MemberDomain(i, MEMBERS / count, this::taken);
            domains.add(domain);
            home.whole().domain().addPeer(domain.asPeer());
            domain.connect(ElementsWorld.SELF, port);
        }
        for (MemberDomain domain : domains) {
            require(domain.up().await(PATIENCE_SECONDS, TimeUnit.SECONDS), "a domain is not connected", domain);
            domain.join(ElementsWorld.SELF, GROUP, MEMBERS / count);
        }
        for (MemberDomain domain : domains) {
            require(domain.joined().await(PATIENCE_SECONDS, TimeUnit.SECONDS), "some members are not joined", domain);
        }
    }

    private static void require(boolean done, String otherwise, MemberDomain domain) {
        if (!done || !domain.failure().isEmpty()) {
            throw new IllegalStateException(otherwise + "; " + domain.failure());
        }
    }

    private void taken(int recipients) {
        transactions.incrementAndGet();
        CountDownLatch now = reached;
        for (int i = 0; i < recipients; i++) {
            now.countDown();
        }
    }

    void measure(Report report) throws InterruptedException {
        say("warm-up");
        transactions.set(0);
        long start = System.nanoTime();
        for (int i = 0; i < MESSAGES; i++) {
            say("message " + i);
        }
        double millis = (System.nanoTime() - start) / 1e6 / MESSAGES;
        String where = MEMBERS + " members in " + domains.size() + (domains.size() == 1 ? " domain" : " domains");
        report.figure("a message to " + where + " is with all of them after", millis, "ms");
        report.atMost("transactions for it, " + where, (double) transactions.get() / MESSAGES, domains.size());
    }

    private void say(String text) throws InterruptedException {
        reached = new CountDownLatch(MEMBERS);
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId(text + "@" + ElementsWorld.SELF.domain())),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(GROUP)),
                Optional.of(MessageInfo.Sender.of(User.of(HOST))),
                Optional.empty());
        Primitive answer =
                host.request(new SendMessageRequest(meta, false, info, Optional.of(Content.text("x".repeat(120)))));
        if (!(answer instanceof SendMessageResponse response
                && response.statusInfo().isSuccess())) {
            throw new IllegalStateException("SendMessage answered by " + answer);
        }
        if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(reached.getCount() + " members did not get it");
        }
    }

    @Override
    public void close() throws IOException {
        domains.forEach(MemberDomain::close);
        home.close();
    }
}
