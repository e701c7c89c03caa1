package org.impsiwf.gateway.config;

/** The admin HTTP server. */
public record AdminConfig(
        @Key(value = "Where to listen.", byDefault = "127.0.0.1:9090")
        ListenAddress listen) {}
