package org.impsiwf.gateway.config;

/** Log output. */
public record LogConfig(
        @Key(value = "`text` for people, `json` for collectors, one object per line.", byDefault = "text")
        Format format,

        @Key(value = "The least level that is written.", byDefault = "info")
        Level level) {

    /** See {@link LogConfig#format}. */
    public enum Format {
        TEXT,
        JSON
    }

    /** See {@link LogConfig#level}. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
