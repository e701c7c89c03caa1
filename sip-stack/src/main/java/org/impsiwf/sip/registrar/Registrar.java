package org.impsiwf.sip.registrar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.impsiwf.sip.header.AddressHeader;
import org.impsiwf.sip.header.Header;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Versioned;

/**
 * The registrar of RFC 3261 §10.3. Bindings live in a store, so every node knows them; one REGISTER changes all its
 * contacts or none. May block for the store; safe from any thread.
 */
public final class Registrar {

    private static final int ATTEMPTS = 20;

    /** RFC 3261 §20.17: the date of RFC 1123, always GMT. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final Store<Registration> registrations;
    private final RegistrarPolicy policy;
    private final Predicate<String> knownUser;
    private final InstantSource clock;

    /** @param knownUser whether a canonical address-of-record ({@link SipAddress#addressOfRecord()}) may register */
    public Registrar(Stores stores, RegistrarPolicy policy, Predicate<String> knownUser, InstantSource clock) {
        this.registrations = stores.open("sip-registrations", Registration.class);
        this.policy = policy;
        this.knownUser = knownUser;
        this.clock = clock;
    }

    /** Adds, refreshes, removes or tells bindings. The sender must have been authenticated for the To. */
    public RegisterAnswer register(RegisterRequest request) {
        try {
            String addressOfRecord = addressOfRecord(request);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<RegisterAnswer> answer = tryOnce(request, addressOfRecord);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        } catch (RegisterException e) {
            return e.answer();
        }
        // Many registrations of one user at once; the client's next attempt finds a quieter moment.
        return new RegisterAnswer(500, "Server Internal Error", List.of(new Header("Retry-After", "1")));
    }

    /** RFC 3261 §10.3 steps 1 and 5. */
    private String addressOfRecord(RegisterRequest request) throws RegisterException {
        SipAddress target = SipAddress.parse(request.requestUri())
                .orElseThrow(() -> new RegisterException(416, "Unsupported URI Scheme"));
        SipAddress to;
        try {
            to = SipAddress.parse(
                            AddressHeader.parse(request.to()).nameAddr().uri().value())
                    .orElseThrow(() -> new RegisterException(400, "To Is No SIP URI"));
        } catch (HeaderException e) {
            throw new RegisterException(400, "Malformed To");
        }
        boolean served =
                policy.domains().contains(target.host()) && policy.domains().contains(to.host());
        if (!served || !knownUser.test(to.addressOfRecord())) {
            throw new RegisterException(404, "Not Found");
        }
        return to.addressOfRecord();
    }

    /** Empty when somebody else saved in between. */
    private Optional<RegisterAnswer> tryOnce(RegisterRequest request, String addressOfRecord) throws RegisterException {
        Instant now = clock.instant();
        var stored = registrations.load(addressOfRecord);
        long version = stored.map(Versioned::version).orElse(Store.ABSENT);
        List<Binding> before = live(stored.map(Versioned::value).orElse(Registration.NONE), now);
        List<Binding> after = new BindingChanges(request, policy, now).applyTo(before);
        boolean saved = request.contacts().isEmpty() || save(addressOfRecord, version, after, now);
        return saved ? Optional.of(accepted(request, after, now)) : Optional.empty();
    }

    private boolean save(String addressOfRecord, long version, List<Binding> bindings, Instant now) {
        if (bindings.isEmpty()) {
            return version == Store.ABSENT || registrations.remove(addressOfRecord, version);
        }
        Instant last = bindings.stream()
                .map(Binding::expiresAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return registrations
                .save(addressOfRecord, version, new Registration(bindings), Duration.between(now, last))
                .isPresent();
    }

    /** RFC 3261 §10.3 step 8, RFC 3327 §5.3, RFC 5626 §6. */
    private static RegisterAnswer accepted(RegisterRequest request, List<Binding> bindings, Instant now) {
        var headers = new ArrayList<Header>();
        for (Binding binding : bindings) {
            headers.add(new Header("Contact", binding.asContact(now)));
        }
        headers.add(new Header("Date", DATE.format(now)));
        for (String path : request.path()) {
            headers.add(new Header("Path", path));
        }
        if (bindings.stream()
                .anyMatch(b -> b.callId().equals(request.callId()) && b.regId().isPresent())) {
            headers.add(new Header("Require", "outbound"));
        }
        return new RegisterAnswer(200, "OK", List.copyOf(headers));
    }

    /** Where a user can be reached now, the highest q first; empty for an address that is not registered. */
    public List<Binding> bindings(String uri) {
        Instant now = clock.instant();
        return SipAddress.parse(uri)
                .flatMap(address -> registrations.load(address.addressOfRecord()))
                .map(stored -> live(stored.value(), now))
                .orElse(List.of())
                .stream()
                .sorted(Comparator.comparingInt(Binding::qThousandths).reversed())
                .toList();
    }

    private static List<Binding> live(Registration registration, Instant now) {
        return registration.bindings().stream()
                .filter(binding -> binding.isLive(now))
                .toList();
    }
}
