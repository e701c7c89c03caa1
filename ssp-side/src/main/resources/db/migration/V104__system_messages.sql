-- System messages that wait for an answer (SSP 13.1.11). Provider '' is ourselves, else the domain that sent the message
-- and gets the answer.
CREATE TABLE system_message (
    user_id          VARCHAR(255) NOT NULL,
    message_id       VARCHAR(255) NOT NULL,
    provider         VARCHAR(255) NOT NULL,
    verification_key VARCHAR(255),
    answer_options   TEXT         NOT NULL,
    expires_at       BIGINT       NOT NULL,
    PRIMARY KEY (user_id, message_id)
);
CREATE INDEX system_message_expiry ON system_message (expires_at);

-- Wrong answers of a user to one provider's messages, and until when that provider takes none (SSP 18.5.9).
CREATE TABLE system_message_guard (
    user_id      VARCHAR(255) NOT NULL,
    provider     VARCHAR(255) NOT NULL,
    wrong        INT          NOT NULL,
    since        BIGINT       NOT NULL,
    closed_until BIGINT       NOT NULL,
    PRIMARY KEY (user_id, provider)
);
