package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Reads along what the gateway logs. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.impsiwf");
    /** A command that another test ran in this JVM may have left only warnings; null is the root's. */
    private final Level before = logger.getLevel();

    private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();

    static LogWatch open() {
        LogWatch watch = new LogWatch();
        watch.setContext(watch.logger.getLoggerContext());
        watch.start();
        watch.logger.addAppender(watch);
        watch.logger.setLevel(Level.INFO);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent line) {
        line.getFormattedMessage();
        lines.add(line);
    }

    /** There is a line with that in it, at least one per storm. */
    void tells(String text) {
        assertThat(said()).as("log lines").anyMatch(line -> line.contains(text));
    }

    /** Nobody's password is in any line, and no line is a mistake of ours. */
    void isHarmless() {
        assertThat(said())
                .as("secrets in the log")
                .noneMatch(line -> line.contains(Scene.PASSWORD)
                        || line.contains(Scene.GATEWAY_SECRET)
                        || line.contains(Scene.IMPS_SECRET));
        assertThat(lines.stream()
                        .filter(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
                        .map(ILoggingEvent::getFormattedMessage))
                .as("mistakes of our own")
                .isEmpty();
    }

    private List<String> said() {
        return lines.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.setLevel(before);
        logger.detachAppender(this);
        stop();
    }
}
