package org.impsiwf.testkit.ssp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ten steps of SSP 9.2.1, from either end. Runs on the peer's one work thread, but for its first step. */
final class PeerLogin {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLogin.class);

    /** Learns that both sessions of the pair are open. */
    interface Opened {
        void opened(String ownSessionId, String theirSessionId);
    }

    private final RawSspPeer.Settings settings;
    private final Consumer<String> post;
    private final Opened listener;
    private volatile boolean initiator;
    private volatile String ourTransaction = "";
    private volatile String ourToken = "";
    private String theirTransaction = "";
    private String theirToken = "";
    private String ownSessionId = "";
    private String theirSessionId = "";
    private boolean verified;
    private boolean accepted;

    PeerLogin(RawSspPeer.Settings settings, Consumer<String> post, Opened listener) {
        this.settings = settings;
        this.post = post;
        this.listener = listener;
    }

    /** Step 1, from our side. */
    void begin() {
        initiator = true;
        ourTransaction = "i" + token().substring(0, 6);
        ourToken = token();
        post.accept(SspXml.setUp("Request", ourTransaction, SspXml.token(settings.serviceId(), ourToken)));
    }

    void leg(SspText leg) {
        switch (leg.name()) {
            case "SendSecretToken" -> tokenReceived(leg);
            case "LoginRequest" -> loginReceived(leg);
            case "LoginResponse" -> responseReceived(leg);
            default -> LOG.warn("{} is no set-up", leg);
        }
    }

    private void tokenReceived(SspText leg) {
        theirTransaction = leg.transactionId();
        verified = false;
        accepted = false;
        theirToken = leg.text("SecretToken");
        if (initiator) {
            post.accept(SspXml.setUp(
                    early(),
                    loginId(),
                    SspXml.login(settings.serviceId(), digest(theirToken, settings.ourPassword()))));
        } else {
            ourTransaction = "s" + token().substring(0, 6);
            ourToken = token();
            String mode = settings.manner() == Manner.BARAZA ? "Response" : "Request";
            post.accept(SspXml.setUp(mode, ourTransaction, SspXml.token(settings.serviceId(), ourToken)));
        }
    }

    private void loginReceived(SspText leg) {
        if (!digest(ourToken, settings.gatewayPassword())
                .equals(leg.text("PasswordDigest").replaceAll("\\s", ""))) {
            LOG.warn("{}: wrong digest", settings.serviceId());
            post.accept(SspXml.setUp("Response", leg.transactionId(), SspXml.loginRefused(409)));
            return;
        }
        verified = true;
        ownSessionId = token().substring(0, 8)
                + settings.serviceId().substring(settings.serviceId().indexOf('@'));
        if (!initiator) {
            post.accept(SspXml.setUp(
                    "Response",
                    theirTransaction,
                    SspXml.login(settings.serviceId(), digest(theirToken, settings.ourPassword()))));
            accept(leg.transactionId());
        } else if (settings.manner() == Manner.BARAZA) {
            accept(ourTransaction);
        } else {
            finishAsInitiator();
        }
    }

    private void responseReceived(SspText leg) {
        if (leg.status() != 200) {
            LOG.warn("{}: login was answered {}", settings.serviceId(), leg.status());
            return;
        }
        theirSessionId = leg.attribute("LoginResponse", "sessionID");
        accepted = true;
        if (initiator && settings.manner() == Manner.OMA_1_3) {
            finishAsInitiator();
        } else {
            opened();
        }
    }

    private void finishAsInitiator() {
        if (verified && accepted) {
            accept(ourTransaction);
            opened();
        }
    }

    private void opened() {
        initiator = false;
        listener.opened(ownSessionId, theirSessionId);
    }

    private void accept(String transaction) {
        String mode = initiator ? early() : "Response";
        post.accept(SspXml.setUp(mode, transaction, SspXml.loginAccepted(ownSessionId)));
    }

    /** What the initiator writes: a marker of its role with the one, of the direction with the other. */
    private String early() {
        return settings.manner() == Manner.BARAZA ? "Request" : "Response";
    }

    private String loginId() {
        return settings.manner() == Manner.BARAZA ? ourTransaction : theirTransaction;
    }

    private String digest(String token, String password) {
        try {
            MessageDigest hash = MessageDigest.getInstance(settings.hash());
            return Base64.getEncoder().encodeToString(hash.digest((token + password).getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String token() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
