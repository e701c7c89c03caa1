package org.impsiwf.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@link BareSwitch} with members and domains: what a group of so many costs at the least. */
final class BareGroups implements AutoCloseable {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<BareSwitch.Domain> domains = new ArrayList<>();
    private final int msrpPort = FreePorts.tcp();
    private final ServerProcess process;
    private volatile Runnable posted = () -> {};

    BareGroups() throws IOException, InterruptedException {
        int httpPort = FreePorts.tcp();
        List<String> command = new ArrayList<>(
                List.of(BareSwitch.class.getName(), String.valueOf(msrpPort), String.valueOf(httpPort)));
        for (int i = 0; i < GroupWorld.DOMAINS; i++) {
            BareSwitch.Domain domain = new BareSwitch.Domain(loops, httpPort, () -> posted.run());
            domains.add(domain);
            command.add(String.valueOf(domain.port()));
        }
        process = ServerProcess.start("1g", command);
        for (BareSwitch.Domain domain : domains) {
            domain.answersTo();
        }
    }

    /** The same members as {@link GroupWorld#group} has, each with a connection of its own. */
    GroupWorld.Group group(int members) throws InterruptedException {
        int imps = members / 2;
        GroupTally tally = new GroupTally(members);
        posted = () -> tally.arrived(imps / GroupWorld.DOMAINS);
        List<MemberConnection> connections = new ArrayList<>();
        for (int i = 0; i < members - imps; i++) {
            MsrpLoad.Target session = new MsrpLoad.Target(
                    msrpPort, BareSwitch.path(msrpPort, members, i), MsrpLoad.path("m" + i), SipMembers.user("m" + i));
            connections.add(MemberConnection.open(loops, List.of(session), "sip:bare@ims.example.com", tally));
        }
        return new GroupWorld.Group(tally, connections, session -> {});
    }

    Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
        domains.forEach(BareSwitch.Domain::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
