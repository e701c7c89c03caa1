package org.impsiwf.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.impsiwf.gateway.config.LogConfig;
import org.slf4j.LoggerFactory;

/** Sets the log up as the configuration says; until then it is text on the error output, from {@code logback.xml}. */
public final class LogSetup {

    /** Libraries that log at info what concerns nobody who runs a gateway. */
    private static final String[] TALKATIVE = {
        "com.hazelcast", "io.netty", "jdk.httpserver", "com.zaxxer.hikari", "org.flywaydb"
    };

    /** Warns of TLS settings that are not its business, and of every message that it cannot read, which we count. */
    private static final String SIP_STACK = "gov.nist";

    private LogSetup() {}

    /** Replaces what was set up before. */
    public static void apply(LogConfig config) {
        LoggerContext context = context();
        context.reset();
        Encoder<ILoggingEvent> encoder =
                config.format() == LogConfig.Format.JSON ? LogLines.json(context) : LogLines.text(context);
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        Level level = Level.valueOf(config.level().name());
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(console);
        context.getLogger(SIP_STACK).setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.ERROR : level);
        for (String library : TALKATIVE) {
            context.getLogger(library).setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        }
    }

    /** For programs whose output is something else. */
    public static void warningsOnly() {
        context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context().getLogger(SIP_STACK).setLevel(Level.ERROR);
    }

    /** Writes out what is still buffered; nothing is logged afterwards. */
    public static void flush() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
