-- The groups that we host (SSP 17). Keys are addresses and screen names in lower case.
CREATE TABLE imps_group (
    group_key          VARCHAR(255) PRIMARY KEY,
    group_id           VARCHAR(255) NOT NULL,
    owner_key          VARCHAR(255),
    owner_id           VARCHAR(255),
    conversation       BOOLEAN NOT NULL,
    created            BIGINT NOT NULL,
    expires            BIGINT,
    joined             INT NOT NULL,
    known              INT NOT NULL,
    names_made         BIGINT NOT NULL,
    last_message       BIGINT NOT NULL,
    name               VARCHAR NOT NULL,
    topic              VARCHAR NOT NULL,
    type               VARCHAR(20) NOT NULL,
    access_type        VARCHAR(20) NOT NULL,
    searchable         VARCHAR(1) NOT NULL,
    private_messaging  VARCHAR(1) NOT NULL,
    max_active_users   VARCHAR(10) NOT NULL,
    history            VARCHAR(1) NOT NULL,
    auto_delete        VARCHAR(1) NOT NULL,
    minimum_age        VARCHAR(10) NOT NULL,
    require_invitation VARCHAR(1) NOT NULL,
    show_id            VARCHAR(1) NOT NULL,
    validity           VARCHAR(10) NOT NULL,
    welcome_type       VARCHAR,
    welcome            BYTEA
);
CREATE INDEX imps_group_owner ON imps_group (owner_key);
CREATE INDEX imps_group_expires ON imps_group (expires);

-- How many groups each owner has; the empty owner stands for the whole server.
CREATE TABLE group_count (
    owner_key   VARCHAR(255) PRIMARY KEY,
    group_count INT NOT NULL
);

-- All that a group knows of a user, in one row. The standing is its role, or REJECTED.
CREATE TABLE group_participant (
    group_key         VARCHAR(255) NOT NULL REFERENCES imps_group ON DELETE CASCADE,
    user_key          VARCHAR(255) NOT NULL,
    user_id           VARCHAR(255) NOT NULL,
    standing          VARCHAR(20) NOT NULL,
    invited           BOOLEAN NOT NULL,
    screen_key        VARCHAR(255),
    screen_name       VARCHAR(255),
    subscribed        BOOLEAN NOT NULL,
    since             BIGINT NOT NULL,
    after_message     BIGINT NOT NULL,
    show_id           BOOLEAN NOT NULL,
    auto_join         BOOLEAN NOT NULL,
    private_messaging BOOLEAN NOT NULL,
    PRIMARY KEY (group_key, user_key),
    UNIQUE (group_key, screen_key)
);
CREATE INDEX group_participant_standing ON group_participant (group_key, standing);
CREATE INDEX group_participant_user ON group_participant (user_key);

-- The newest messages of the groups that keep a history (SSP 16.2.7).
CREATE TABLE group_message (
    group_key    VARCHAR(255) NOT NULL REFERENCES imps_group ON DELETE CASCADE,
    number       BIGINT NOT NULL,
    message_id   VARCHAR(255) NOT NULL,
    service_id   VARCHAR NOT NULL,
    sender_id    VARCHAR NOT NULL,
    sender_name  VARCHAR NOT NULL,
    sent_at      BIGINT NOT NULL,
    uri          VARCHAR,
    content_type VARCHAR,
    content_name VARCHAR,
    content_size BIGINT,
    data_type    VARCHAR,
    data         BYTEA,
    PRIMARY KEY (group_key, number),
    UNIQUE (group_key, message_id)
);
CREATE INDEX group_message_id ON group_message (message_id);

-- In which groups of other domains our users are (SSP 17, as requestor).
CREATE TABLE joined_elsewhere (
    group_key VARCHAR(255) NOT NULL,
    user_key  VARCHAR(255) NOT NULL,
    user_id   VARCHAR(255) NOT NULL,
    PRIMARY KEY (group_key, user_key)
);

-- Conversations that are being extended to a group here (SSP 16.2.13).
CREATE TABLE extended_conversation (
    group_key       VARCHAR(255) PRIMARY KEY,
    group_id        VARCHAR(255) NOT NULL,
    initiator_key   VARCHAR(255) NOT NULL,
    initiator_id    VARCHAR(255) NOT NULL,
    conversation_id VARCHAR(255) NOT NULL,
    partner_id      VARCHAR(255) NOT NULL,
    invitation_id   VARCHAR(255) NOT NULL UNIQUE,
    users           VARCHAR NOT NULL,
    screen_name     VARCHAR NOT NULL,
    subscribes      BOOLEAN NOT NULL,
    state           VARCHAR(20) NOT NULL,
    deadline        BIGINT NOT NULL,
    due             BIGINT NOT NULL,
    attempts        INT NOT NULL,
    result_code     INT,
    result_text     VARCHAR,
    note            VARCHAR,
    UNIQUE (initiator_key, conversation_id)
);
CREATE INDEX extended_conversation_due ON extended_conversation (due);

-- What our users have asked other domains to extend; the answer names nobody, so its id leads here.
CREATE TABLE extension_request (
    sent_id         VARCHAR(255) PRIMARY KEY,
    user_id         VARCHAR(255) NOT NULL,
    conversation_id VARCHAR(255) NOT NULL,
    expires         BIGINT NOT NULL
);
CREATE INDEX extension_request_expires ON extension_request (expires);
