package org.impsiwf.bench;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspServer;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.store.local.LocalStores;

/** An IMPS domain whose users take every invitation into a group, join it and take what is said there. */
final class InvitedDomain implements AutoCloseable {

    private final ServiceId self;
    private final ServiceId gateway;
    private final Function<String, GroupTally> tallies;
    private final LocalStores stores = LocalStores.inHeap();
    private final SspServer server;
    private final CountDownLatch up = new CountDownLatch(1);
    private final AtomicLong requests = new AtomicLong();
    private volatile String failure = "";

    /**
     * @param tallies what is counted for a group, by its address without a scheme
     */
    InvitedDomain(int number, ServiceId gateway, Function<String, GroupTally> tallies) throws IOException {
        self = new ServiceId("wv:@d" + number + ".example.com");
        this.gateway = gateway;
        this.tallies = tallies;
        server = new SspServer(
                SspSettings.of(self, List.of(Listen.plain("127.0.0.1:0")), List.of()),
                stores,
                InstantSource.system(),
                this::happened,
                SspCounters.NONE,
                SspTrace.NONE);
        server.start();
    }

    ServiceId serviceId() {
        return self;
    }

    int port() {
        return server.addresses().getFirst().getPort();
    }

    void expects(int gatewayPort) {
        server.addPeer(PeerSettings.of(
                        gateway,
                        Optional.of(URI.create("http://127.0.0.1:" + gatewayPort + "/")),
                        "",
                        "",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        false)
                .speakingFor(Set.of("ims.example.com")));
    }

    CountDownLatch up() {
        return up;
    }

    void check() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException(self + ": " + failure);
        }
    }

    private void happened(SspEvent event) {
        switch (event) {
            case SspEvent.PeerUp opened -> up.countDown();
            case SspEvent.PeerDown closed -> failure = closed.cause();
            case SspEvent.RequestFailed failed -> failure = failed.toString();
            case SspEvent.ResponseReceived answer -> answered(answer.request(), answer.response());
            case SspEvent.RequestReceived received -> asked(received.transaction(), received.request());
        }
    }

    private void asked(TransactionRef transaction, Primitive request) {
        switch (request) {
            case SendMessageRequest message -> {
                MessageInfo info = message.messageInfo();
                answer(transaction, new SendMessageResponse(Status.of(200), info.messageId()));
                GroupId group = groupOf(info.sender().orElseThrow().address());
                tally(group).arrived(info.recipients().size());
            }
            case InviteRequest invitation -> {
                answer(transaction, Status.of(200));
                accept(invitation);
            }
            case GroupChangeNotice notice -> {
                answer(transaction, Status.of(200));
                tally(notice.groupId()).named(notice.joinedUserScreenNameList());
            }
            default -> answer(transaction, Status.of(200));
        }
    }

    private void accept(InviteRequest invitation) {
        Addressee invited = invitation.invitedUser();
        GroupId group = invitation.inviteGroupId().orElseThrow();
        send(
                "accept",
                new InviteResponse(
                        Status.of(200),
                        invitation.inviteId(),
                        invitation.invitingUser(),
                        true,
                        invited,
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
        UserId user = ((User) invited).userId();
        boolean watching = tally(group).isFirst();
        send(
                group.value(),
                new JoinGroupRequest(
                        MetaInformation.ofUser(self, user),
                        group,
                        /* joinedRequest= */ watching,
                        Optional.empty(),
                        /* subscribeNotif= */ watching,
                        Optional.empty(),
                        Optional.empty()));
    }

    private void answered(SspRequestId request, Primitive response) {
        switch (response) {
            case JoinGroupResponse joined
            when joined.statusInfo().isSuccess() -> {
                tally(new GroupId(request.value().substring(request.value().indexOf("wv:"))))
                        .named(joined.joinedUserScreenNameList());
            }
            case Status status when status.isSuccess() -> {
                // The host knows now that its invitation was taken.
            }
            default -> failure = "answered " + response;
        }
    }

    private GroupTally tally(GroupId group) {
        return tallies.apply(group.value().substring("wv:".length()).toLowerCase(Locale.ROOT));
    }

    private static GroupId groupOf(Addressee sender) {
        if (sender instanceof GroupId group) {
            return group;
        }
        throw new IllegalStateException("a message of a group from " + sender);
    }

    /** @param about what the answer has to be known by */
    private void send(String about, Primitive request) {
        server.execute(new SspCommand.SendRequest(
                new SspRequestId(requests.incrementAndGet() + " " + about), gateway, request));
    }

    private void answer(TransactionRef transaction, Primitive response) {
        server.execute(new SspCommand.Answer(transaction, response));
    }

    @Override
    public void close() {
        server.close();
        stores.close();
    }
}
