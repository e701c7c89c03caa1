package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.impsiwf.gateway.demo.Stage;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConversationLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ConversationLog.class);
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            line.prepareForDeferredProcessing();
            lines.add(line);
        }
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }

    @Test
    void oneConversationHasOneIdThroughSipMsrpAndSsp() throws Exception {
        try (Stage stage = Stage.open();
                SipMsrpUser alice = stage.sipUser("alice", SipTransport.UDP)) {
            ImpsUser bob = stage.impsUser("bob");
            alice.registers();
            Talk talk = alice.invites(bob.sipUri());
            talk.sends("hello");
            bob.expectsText("hello");
            talk.byes();
            await().untilAsserted(() ->
                    assertThat(texts(Level.INFO)).contains("session Open -> NoSession on SIP ByeReceived"));
        }
        assertThat(texts(Level.DEBUG))
                .contains("event SIP InviteReceived", "event MSRP MessageReceived", "order SSP SendRequest");
        assertThat(lines)
                .extracting(line -> line.getMDCPropertyMap().get(InterworkingRuntime.CONVERSATION))
                .containsOnly("C:alice@ims.example.com|bob@imps.example.com");
        assertThat(lines).noneMatch(line -> line.getFormattedMessage().contains("hello"));
    }

    private List<String> texts(Level level) {
        return lines.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
