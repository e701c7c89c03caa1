package org.impsiwf.testkit.domain;

import java.util.Optional;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;

/** A message that a simulated user got. */
public record ArrivedMessage(TransactionRef transaction, SendMessageRequest request) {

    public String text() {
        return request.content().map(c -> c.data().asUtf8()).orElse("");
    }

    public byte[] content() {
        return request.content().map(c -> c.data().bytes()).orElse(new byte[0]);
    }

    public String contentType() {
        return request.messageInfo().contentType().orElse("text/plain");
    }

    /** The User-ID of the sender, empty when it has none. */
    public String sender() {
        return request.messageInfo()
                .sender()
                .map(MessageInfo.Sender::address)
                .map(a -> a instanceof User user ? user.userId().value() : "")
                .orElse("");
    }

    /** By which a group shows its sender; absent outside of groups. */
    public Optional<ScreenName> screenName() {
        return request.messageInfo()
                .sender()
                .flatMap(sender -> sender.display().isPresent() ? sender.display() : Optional.of(sender.address()))
                .flatMap(shown -> shown instanceof ScreenName name ? Optional.of(name) : Optional.empty());
    }

    @Override
    public String toString() {
        return "\"" + text() + "\" from " + sender();
    }
}
