-- Sessions of users who log in through their home domain (SSP 12). Times are epoch milliseconds.
CREATE TABLE user_session (
    user_id      VARCHAR(512) NOT NULL,
    client       VARCHAR(512) NOT NULL,
    application  VARCHAR(256) NOT NULL,
    shown        VARCHAR(512) NOT NULL,
    home         VARCHAR(512) NOT NULL,
    time_to_live BIGINT,
    expires_at   BIGINT       NOT NULL,
    PRIMARY KEY (user_id, client, application)
);

CREATE INDEX user_session_expiry ON user_session (expires_at);

CREATE TABLE user_challenge (
    user_id     VARCHAR(512) NOT NULL,
    client      VARCHAR(512) NOT NULL,
    application VARCHAR(256) NOT NULL,
    nonce       VARCHAR(64)  NOT NULL,
    digest      VARCHAR(16)  NOT NULL,
    expires_at  BIGINT       NOT NULL,
    PRIMARY KEY (user_id, client, application)
);

CREATE INDEX user_challenge_expiry ON user_challenge (expires_at);
