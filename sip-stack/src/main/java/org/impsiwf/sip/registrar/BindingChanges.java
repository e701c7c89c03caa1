package org.impsiwf.sip.registrar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.sip.header.AddressHeader;
import org.impsiwf.sip.header.Header;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.HeaderText;

/** What one REGISTER does to the bindings of its address-of-record (RFC 3261 §10.3 steps 6 and 7). Pure. */
final class BindingChanges {

    private static final String WILDCARD = "*";

    private final RegisterRequest request;
    private final RegistrarPolicy policy;
    private final Instant now;

    BindingChanges(RegisterRequest request, RegistrarPolicy policy, Instant now) {
        this.request = request;
        this.policy = policy;
        this.now = now;
    }

    /** The live bindings after the request; the same list when it is a query. */
    List<Binding> applyTo(List<Binding> live) throws RegisterException {
        List<String> contacts = contacts();
        if (contacts.contains(WILDCARD)) {
            return removeAll(live, contacts);
        }
        List<Binding> bindings = new ArrayList<>(live);
        for (String contact : contacts) {
            apply(bindingOf(contact), bindings, live);
        }
        if (bindings.size() > policy.maxContacts()) {
            throw new RegisterException(403, "Too Many Contacts");
        }
        return List.copyOf(bindings);
    }

    private List<String> contacts() throws RegisterException {
        var all = new ArrayList<String>();
        try {
            for (String value : request.contacts()) {
                all.addAll(HeaderText.split(value, ','));
            }
        } catch (HeaderException e) {
            throw malformed(e);
        }
        return all;
    }

    /** Step 6: the wildcard stands alone and with Expires 0. */
    private List<Binding> removeAll(List<Binding> live, List<String> contacts) throws RegisterException {
        boolean zero = request.expires()
                .map(String::strip)
                .filter(text -> text.matches("0{1,10}"))
                .isPresent();
        if (contacts.size() > 1 || !zero) {
            throw new RegisterException(400, "Contact * Needs Expires 0 and No Other Contact");
        }
        for (Binding binding : live) {
            checkOrder(binding);
        }
        return List.of();
    }

    private void apply(Binding wanted, List<Binding> bindings, List<Binding> before) throws RegisterException {
        for (Binding older : before) {
            if (wanted.replaces(older)) {
                checkOrder(older);
            }
        }
        bindings.removeIf(wanted::replaces);
        if (wanted.isLive(now)) {
            bindings.add(wanted);
        }
    }

    /** Step 7: within one Call-ID only a higher CSeq may change a binding. */
    private void checkOrder(Binding older) throws RegisterException {
        if (older.callId().equals(request.callId()) && request.cseq() <= older.cseq()) {
            throw new RegisterException(500, "CSeq Out of Order");
        }
    }

    private Binding bindingOf(String contact) throws RegisterException {
        AddressHeader value;
        try {
            value = AddressHeader.parse(contact);
        } catch (HeaderException e) {
            throw malformed(e);
        }
        Optional<String> instance = Optional.ofNullable(value.params().get("+sip.instance"));
        return new Binding(
                value.nameAddr().uri().value(),
                qOf(value),
                now.plus(lifetime(value)),
                request.callId(),
                request.cseq(),
                request.path(),
                instance,
                instance.isPresent() ? regId(value) : OptionalInt.empty(),
                request.flow());
    }

    /** RFC 5626 §6: reg-id counts only for clients that speak outbound to us directly. */
    private OptionalInt regId(AddressHeader contact) throws RegisterException {
        String digits = contact.params().get("reg-id");
        if (digits == null || !isOutbound(request)) {
            return OptionalInt.empty();
        }
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw new RegisterException(400, "Malformed reg-id");
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }

    static boolean isOutbound(RegisterRequest request) {
        return request.flow().isPresent()
                && request.path().isEmpty()
                && request.supported().stream().anyMatch("outbound"::equalsIgnoreCase);
    }

    private Duration lifetime(AddressHeader contact) throws RegisterException {
        String wish = contact.params().get("expires");
        Duration lifetime = wish != null
                ? seconds(wish)
                : request.expires().map(this::seconds).orElse(policy.defaultExpires());
        if (!lifetime.isZero() && lifetime.compareTo(policy.minExpires()) < 0) {
            throw new RegisterException(new RegisterAnswer(
                    423,
                    "Interval Too Brief",
                    List.of(new Header(
                            "Min-Expires", Long.toString(policy.minExpires().toSeconds())))));
        }
        return lifetime.compareTo(policy.maxExpires()) > 0 ? policy.maxExpires() : lifetime;
    }

    /** RFC 3261 §20.10: an expires that cannot be read counts as 3600; beyond 32 bits it is simply long. */
    private Duration seconds(String digits) {
        String text = digits.strip();
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofHours(1);
        }
        return text.length() > 10 ? policy.maxExpires() : Duration.ofSeconds(Long.parseLong(text));
    }

    /** {@code qvalue} of RFC 3261 §25.1. */
    private static int qOf(AddressHeader contact) throws RegisterException {
        String q = contact.params().get("q");
        if (q == null) {
            return 1000;
        }
        if (!q.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
            throw new RegisterException(400, "Malformed q");
        }
        return (int) Math.round(Double.parseDouble(q) * 1000);
    }

    private static RegisterException malformed(HeaderException cause) {
        return new RegisterException(400, "Malformed Contact: " + cause.getMessage());
    }
}
