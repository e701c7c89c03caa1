package org.impsiwf.gateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.impsiwf.testkit.msrp.MsrpFrame;
import org.impsiwf.testkit.msrp.ReceivedMessage;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;

/**
 * A session in which both ends say one thing after the other. The SIP client goes where a re-INVITE leads it, and says there again what
 * nobody has answered (RFC 4975 §5.4); the domain repeats a request that has no response under the same Transaction-ID.
 */
final class BusySession {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration SSP_REPEAT = Duration.ofSeconds(10);

    private final String name;
    private final SipMsrpUser user;
    private final RawSspPeer domain;
    private final DeliveryLedger ledger;
    private final BlockingQueue<MsrpFrame> responses = new LinkedBlockingQueue<>();
    private Talk talk;
    private final AtomicInteger moves = new AtomicInteger();

    /** @param name of the friend in the IMPS domain */
    BusySession(String name, SipMsrpUser user, RawSspPeer domain, DeliveryLedger ledger) {
        this.name = name;
        this.user = user;
        this.domain = domain;
        this.ledger = ledger;
        enters(user.invites("sip:" + name + "@imps.example.com"));
    }

    private void enters(Talk now) {
        talk = now;
        talk.msrp().readBy(this::arrived, responses::add);
    }

    private void arrived(ReceivedMessage message) {
        ledger.arrived(message.text(), message.messageId());
    }

    /** Says one thing after the other; on a thread of its own. */
    void speaks(BooleanSupplier goesOn) throws InterruptedException {
        for (int i = 0; goesOn.getAsBoolean(); i++) {
            says("sip " + name + " " + i);
        }
    }

    private void says(String text) throws InterruptedException {
        String messageId = UUID.randomUUID().toString();
        Set<String> transactions = new HashSet<>(Set.of(sends(messageId, text)));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            MsrpFrame response = responses.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (response != null && transactions.contains(response.transactionId())) {
                if (response.status() == 200) {
                    ledger.taken(text);
                }
                return;
            }
            if (followsIfAsked()) {
                transactions.add(sends(messageId, text));
            }
            assertThat(System.nanoTime())
                    .as("\"%s\" is answered, after %d moves", text, moves)
                    .isLessThan(end);
        }
    }

    private String sends(String messageId, String text) {
        byte[] content = text.getBytes(UTF_8);
        MsrpFrame frame = talk.msrp()
                .send(messageId)
                .with("Byte-Range", "1-" + content.length + "/" + content.length)
                .with("Content-Type", "text/plain")
                .withBody(content, '$');
        return talk.msrp().sendFrame(frame).transactionId();
    }

    private boolean followsIfAsked() {
        var reinvite = talk.call().poll("INVITE", Duration.ZERO);
        reinvite.ifPresent(asked -> {
            moves.incrementAndGet();
            enters(user.follows(talk, asked));
        });
        return reinvite.isPresent();
    }

    /** The friend says one thing after the other; on a thread of its own. */
    void hears(BooleanSupplier goesOn) {
        String to = "wv:" + user.uri().substring("sip:".length());
        for (int i = 0; goesOn.getAsBoolean(); i++) {
            String text = "imps " + name + " " + i;
            String transaction = name + "-" + i;
            String message = domain.message("wv:" + name + "@imps.example.com", to, text, text, false);
            if (answer(transaction, message).status() == 200) {
                ledger.taken(text);
            }
        }
    }

    private SspText answer(String transaction, String message) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Duration wait = domain.offers(transaction, message) ? SSP_REPEAT : LOOK;
            var response = domain.pollResponse(transaction, wait);
            if (response.isPresent()) {
                return response.get();
            }
            assertThat(System.nanoTime()).as(transaction + " is answered").isLessThan(end);
        }
    }

    /** How often it was re-INVITEd to another node. */
    int moves() {
        return moves.get();
    }

    /** The call is there to the end; nobody speaks any more. */
    void ends() {
        followsIfAsked();
        assertThat(talk.call().poll("BYE", Duration.ZERO)).as("BYE to %s", name).isEmpty();
        talk.byes();
    }
}
