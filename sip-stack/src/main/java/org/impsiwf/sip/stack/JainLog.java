package org.impsiwf.sip.stack;

import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP's own log, kept short: it writes whole messages of users into its error texts. Its warnings and errors are details
 * of what this package reports in its own words, hence debug. Made by JAIN-SIP by name.
 */
public final class JainLog implements StackLogger {

    private static final Logger LOG = LoggerFactory.getLogger("sip.jain");
    private static final int LONGEST = 200;

    /** The first line, without the message text that JAIN-SIP adds. */
    static String firstLine(String text) {
        if (text == null) {
            return "";
        }
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end).strip();
        int message = line.indexOf(" for message ");
        String safe = message < 0 ? line : line.substring(0, message);
        return safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
    }

    @Override
    public boolean isLoggingEnabled() {
        return LOG.isDebugEnabled();
    }

    /** Never for its debug and trace texts: making them costs more than the work they tell of. */
    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= TRACE_WARN && LOG.isDebugEnabled();
    }

    @Override
    public void logException(Throwable cause) {
        LOG.debug("JAIN-SIP: {}", firstLine(String.valueOf(cause)));
    }

    @Override
    public void logFatalError(String message) {
        LOG.error("JAIN-SIP: {}", firstLine(message));
    }

    @Override
    public void logError(String message) {
        LOG.debug("JAIN-SIP: {}", firstLine(message));
    }

    @Override
    public void logError(String message, Exception cause) {
        LOG.debug("JAIN-SIP: {}: {}", firstLine(message), firstLine(String.valueOf(cause)));
    }

    @Override
    public void logWarning(String message) {
        LOG.debug("JAIN-SIP: {}", firstLine(message));
    }

    @Override
    public void logInfo(String message) {
        // not asked for
    }

    @Override
    public void logDebug(String message) {
        // not asked for
    }

    @Override
    public void logDebug(String message, Exception cause) {
        // not asked for
    }

    @Override
    public void logTrace(String message) {
        // not asked for
    }

    @Override
    public void logStackTrace() {
        // not asked for
    }

    @Override
    public void logStackTrace(int level) {
        // not asked for
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void disableLogging() {
        // the logging configuration decides
    }

    @Override
    public void enableLogging() {
        // the logging configuration decides
    }

    @Override
    public void setBuildTimeStamp(String buildTimeStamp) {
        // of no use here
    }

    @Override
    public void setStackProperties(Properties properties) {
        // of no use here
    }

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
