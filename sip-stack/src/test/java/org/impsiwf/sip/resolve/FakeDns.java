package org.impsiwf.sip.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A zone in memory that writes down what it was asked. */
final class FakeDns implements DnsLookup {

    final List<String> asked = new ArrayList<>();
    private final Map<String, List<Naptr>> naptr = new HashMap<>();
    private final Map<String, List<Srv>> srv = new HashMap<>();
    private final Map<String, List<InetAddress>> addresses = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private Runnable onQuestion = () -> {};

    FakeDns naptr(String name, int order, int preference, String service, String replacement) {
        naptr.computeIfAbsent(name, n -> new ArrayList<>()).add(new Naptr(order, preference, service, replacement));
        return this;
    }

    FakeDns srv(String name, int priority, int weight, int port, String target) {
        srv.computeIfAbsent(name, n -> new ArrayList<>()).add(new Srv(priority, weight, port, target));
        return this;
    }

    FakeDns address(String name, String literal) {
        addresses.computeIfAbsent(name, n -> new ArrayList<>()).add(InetAddress.ofLiteral(literal));
        return this;
    }

    FakeDns broken(String name) {
        broken.add(name);
        return this;
    }

    FakeDns onQuestion(Runnable action) {
        onQuestion = action;
        return this;
    }

    private void ask(String type, String name) throws DnsException {
        asked.add(type + " " + name);
        onQuestion.run();
        if (broken.contains(name)) {
            throw new DnsException("server failure for " + name, null);
        }
    }

    @Override
    public List<Naptr> naptr(String name, Duration within) throws DnsException {
        ask("NAPTR", name);
        return naptr.getOrDefault(name, List.of());
    }

    @Override
    public List<Srv> srv(String name, Duration within) throws DnsException {
        ask("SRV", name);
        return srv.getOrDefault(name, List.of());
    }

    @Override
    public List<InetAddress> addresses(String name, boolean ip6, Duration within) throws DnsException {
        ask(ip6 ? "AAAA" : "A", name);
        return addresses.getOrDefault(name, List.of()).stream()
                .filter(address -> address.getAddress().length == (ip6 ? 16 : 4))
                .toList();
    }
}
