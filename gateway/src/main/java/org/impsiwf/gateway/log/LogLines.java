package org.impsiwf.gateway.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import net.logstash.logback.encoder.LogstashEncoder;

/** The two forms of a log line. Both carry the MDC's {@code conversation}. */
final class LogLines {

    /** A line break out of a message would let a sender forge lines, so it is written as a space. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} [%X{conversation:--}] %replace(%msg){'[\\r\\n]+', ' '}%n";

    private LogLines() {}

    static Encoder<ILoggingEvent> text(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    static Encoder<ILoggingEvent> json(LoggerContext context) {
        var encoder = new LogstashEncoder();
        encoder.setContext(context);
        encoder.addIncludeMdcKeyName("conversation");
        encoder.setVersion(null);
        encoder.start();
        return encoder;
    }
}
