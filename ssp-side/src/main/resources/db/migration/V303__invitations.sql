-- Invitations (SSP 13.1.7) until their validity is over. Times are milliseconds since 1970.
CREATE TABLE invitation (
    inviter   VARCHAR(255) NOT NULL,
    invite_id VARCHAR(255) NOT NULL,
    shown     VARCHAR(255) NOT NULL,
    primitive BYTEA NOT NULL,
    via       VARCHAR(255),
    expires   BIGINT NOT NULL,
    PRIMARY KEY (inviter, invite_id)
);
CREATE INDEX invitation_expires ON invitation (expires);

-- untold_since: when it was answered, until the inviting user has been sent the answer.
CREATE TABLE invitee (
    inviter      VARCHAR(255) NOT NULL,
    invite_id    VARCHAR(255) NOT NULL,
    user_id      VARCHAR(255) NOT NULL,
    shown        VARCHAR(255) NOT NULL,
    position     INT NOT NULL,
    state        VARCHAR(10) NOT NULL,
    note         VARCHAR(2000),
    told         BOOLEAN NOT NULL,
    untold_since BIGINT,
    PRIMARY KEY (inviter, invite_id, user_id)
);
CREATE INDEX invitee_untold ON invitee (untold_since);
