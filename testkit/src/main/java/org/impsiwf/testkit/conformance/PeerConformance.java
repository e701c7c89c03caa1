package org.impsiwf.testkit.conformance;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;

/**
 * Checks an SSP server from the outside, as a requestor server does: logs in, asks each transaction once, asks wrongly, and
 * prints what came back. What it makes at the other side is named {@code iwf-conformance}, and removed where the server lets it.
 */
public final class PeerConformance {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * Whom to check, and who asks.
     *
     * @param listen where the server's own requests come back to (SSP 9.2.1: CALLBACK); the server must be told this address
     * @param user a user of the server that is asked for; it need not exist
     * @param hash {@code MD5} or {@code SHA-1}
     */
    public record Target(
            URI url,
            String serviceId,
            String ourServiceId,
            InetSocketAddress listen,
            String ourPassword,
            String peerPassword,
            String hash,
            boolean baraza,
            String user) {

        String domain() {
            return serviceId.substring(serviceId.indexOf('@') + 1);
        }

        String ourDomain() {
            return ourServiceId.substring(ourServiceId.indexOf('@') + 1);
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return serviceId + " at " + url + " for " + ourServiceId + " at " + listen + ", asking for " + user;
        }
    }

    private record Row(String what, Verdict verdict) {}

    private final Target target;
    private final PrintWriter out;
    private final List<Row> rows = new ArrayList<>();
    private final RawSspPeer peer;

    private PeerConformance(Target target, PrintWriter out, RawSspPeer peer) {
        this.target = target;
        this.out = out;
        this.peer = peer;
    }

    /**
     * Runs every check and prints the table.
     *
     * @return whether nothing failed
     */
    public static boolean run(Target target, PrintWriter out) {
        RawSspPeer.Settings settings = new RawSspPeer.Settings(
                target.ourServiceId(),
                target.ourPassword(),
                target.peerPassword(),
                target.hash(),
                target.baraza() ? Manner.BARAZA : Manner.OMA_1_3);
        try (RawSspPeer peer = RawSspPeer.start(settings, target.listen())) {
            return new PeerConformance(target, out, peer.facing(target.url())).all();
        }
    }

    private boolean all() {
        out.println("checking " + target.serviceId() + " at " + target.url() + " as " + target.ourServiceId()
                + ", taking its requests at " + peer.url());
        if (!logsIn()) {
            return finished();
        }
        sessionChecks();
        for (Probe probe : Probe.all()) {
            check("SSP " + probe.clause() + " " + probe.transaction(), () -> Answers.judge(probe, ask(request(probe))));
        }
        for (Probe probe : Probe.all()) {
            check(
                    "SSP-102 " + probe.transaction() + " without Meta-Information",
                    () -> Answers.refused(ask(Probe.withoutMetaInformation(request(probe))), Set.of(400)));
        }
        check("SSP 9.2.2 Logout", this::logsOut);
        return finished();
    }

    private boolean logsIn() {
        try {
            peer.logsIn();
            row("SSP 9.2.1 Login, steps 1 to 10", new Verdict.Passed("session pair open"));
            return true;
        } catch (AssertionError silent) {
            row(
                    "SSP 9.2.1 Login, steps 1 to 10",
                    new Verdict.Failed("no session pair within 20 s: is " + peer.url() + " what the server has for "
                            + target.ourServiceId() + ", and the passwords?"));
            return false;
        }
    }

    private void sessionChecks() {
        check(
                "SSP 9.2.4 KeepAlive",
                () -> positive(ask("<KeepAliveRequest timeToLive=\"3600\"/>"), "KeepAliveResponse"));
        check("SSP-111 three requests at once, each answered", this::threeAtOnce);
        check("D-25 a repeated Transaction-ID gets the same answer", this::repeated);
        check("SSP-129 an answer to nothing is ignored", this::strayResponse);
        check(
                "SSP-126 an element of no primitive",
                () -> Answers.refused(ask("<NoSuchRequest/>"), Set.of(400, 405, 501)));
        check(
                "SSP-126 a number that is none",
                () -> Answers.refused(ask("<KeepAliveRequest timeToLive=\"soon\"/>"), Set.of(400, 402)));
        check("SSP-126 XML that ends early, and the session goes on", this::brokenXml);
        check(
                "SSP-127 a Service-ID of nobody",
                () -> Answers.refused(
                        ask(
                                "<GetServiceRequest><MetaInfo clientOriginated=\"No\"><Requestor serviceID=\"wv:@nobody.invalid\"/>"
                                        + "</MetaInfo></GetServiceRequest>"),
                        Set.of(606, 907, 402)));
        check(
                "SSP-104 a client's request without User-ID",
                () -> Answers.refused(
                        ask("<VerifyIDRequest><MetaInfo clientOriginated=\"Yes\"><Requestor serviceID=\""
                                + target.ourServiceId()
                                + "\"/></MetaInfo><WVIDList><UserID userID=\"" + target.user()
                                + "\"/></WVIDList></VerifyIDRequest>"),
                        Set.of(427, 400)));
    }

    private Verdict positive(Optional<SspText> answer, String element) {
        return answer.map(text -> text.name().equals(element) && text.status() / 100 == 2
                        ? (Verdict) new Verdict.Passed(element + " " + text.status())
                        : new Verdict.Failed("answered " + text.name() + " " + text.status()))
                .orElseGet(() -> new Verdict.Failed("no answer"));
    }

    private Verdict threeAtOnce() {
        List<String> asked = List.of(
                peer.sends("<KeepAliveRequest/>"),
                peer.sends("<KeepAliveRequest/>"),
                peer.sends("<KeepAliveRequest/>"));
        long answered = asked.stream()
                .filter(id -> peer.pollResponse(id, PATIENCE).isPresent())
                .count();
        return answered == 3 ? new Verdict.Passed("3 answers") : new Verdict.Failed(answered + " of 3 were answered");
    }

    private Verdict repeated() {
        String id = peer.sends("<KeepAliveRequest/>");
        Optional<SspText> first = peer.pollResponse(id, PATIENCE);
        peer.sends(id, "<KeepAliveRequest/>");
        Optional<SspText> second = peer.pollResponse(id, PATIENCE);
        if (first.isEmpty() || second.isEmpty()) {
            return new Verdict.Failed(first.isEmpty() ? "no answer" : "no answer to the repeat");
        }
        return first.get().name().equals(second.get().name())
                        && first.get().status() == second.get().status()
                ? new Verdict.Passed(first.get().name() + " twice")
                : new Verdict.Failed("first " + first.get().status() + ", then "
                        + second.get().status());
    }

    private Verdict strayResponse() {
        peer.respondsToNothing("<KeepAliveResponse timeToLive=\"3600\"><Status code=\"200\"/></KeepAliveResponse>");
        return stillThere();
    }

    private Verdict brokenXml() {
        int http = peer.post(
                "<?xml version=\"1.0\"?><WV-SSP-Message xmlns=\"http://www.openmobilealliance.org/DTD/WV-SSP1.3\"><Session");
        Verdict after = stillThere();
        return after instanceof Verdict.Passed ? new Verdict.Passed("HTTP " + http) : after;
    }

    private Verdict stillThere() {
        return positive(ask("<KeepAliveRequest/>"), "KeepAliveResponse");
    }

    private Verdict logsOut() {
        Optional<SspText> answer = ask("<LogoutRequest/>");
        return answer.isPresent()
                        && Set.of("Disconnect", "Status").contains(answer.get().name())
                ? new Verdict.Passed(answer.get().name())
                : new Verdict.Failed(
                        answer.map(text -> "answered " + text.name()).orElse("no answer"));
    }

    private String request(Probe probe) {
        return probe.between(target.ourDomain(), target.domain(), target.user());
    }

    private Optional<SspText> ask(String primitive) {
        return peer.pollResponse(peer.sends(primitive), PATIENCE);
    }

    /** A server may end the session when it had to refuse too much (SSP-131): the check goes on in a new one. */
    private void check(String what, Supplier<Verdict> probe) {
        Optional<Verdict> verdict = attempt(probe);
        if (verdict.isEmpty()) {
            out.println("(the server ended the session after what it refused, SSP-131; logging in again)");
            verdict = attempt(() -> {
                peer.logsIn();
                return probe.get();
            });
        }
        row(what, verdict.orElseGet(() -> new Verdict.Failed("the session is gone, and no new one could be opened")));
    }

    /** Empty: there was no session to ask in, or it ended while the request was on its way to it. */
    private Optional<Verdict> attempt(Supplier<Verdict> probe) {
        try {
            return Optional.of(probe.get())
                    .filter(verdict -> !(verdict instanceof Verdict.Failed && peer.sessionWasEnded()));
        } catch (AssertionError noSession) {
            return Optional.empty();
        }
    }

    private void row(String what, Verdict verdict) {
        rows.add(new Row(what, verdict));
        out.println("%-62s %s".formatted(what, verdict.text()));
        out.flush();
    }

    private boolean finished() {
        long failed =
                rows.stream().filter(r -> r.verdict() instanceof Verdict.Failed).count();
        long notServed = rows.stream()
                .filter(r -> r.verdict() instanceof Verdict.NotServed)
                .count();
        out.println(
                (rows.size() - failed - notServed) + " passed, " + failed + " failed, " + notServed + " not served");
        out.flush();
        return failed == 0;
    }
}
