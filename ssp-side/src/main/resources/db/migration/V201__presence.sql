-- Presence (SSP 15). Keys are addresses in lower case, presence attributes a bit each.

-- published: the values as an SSP message
CREATE TABLE presence_publisher (
    publisher           VARCHAR(255) PRIMARY KEY,
    watchers            INTEGER NOT NULL,
    published           BYTEA
);

CREATE TABLE presence_subscription (
    publisher           VARCHAR(255) NOT NULL,
    watcher             VARCHAR(255) NOT NULL,
    watcher_domain      VARCHAR(255) NOT NULL,
    asked               INTEGER NOT NULL,
    authorised          INTEGER NOT NULL,
    suspended           BOOLEAN NOT NULL,
    own                 BOOLEAN NOT NULL,
    PRIMARY KEY (publisher, watcher)
);
CREATE INDEX presence_subscription_in ON presence_subscription (publisher, watcher_domain);
CREATE INDEX presence_subscription_of ON presence_subscription (watcher, publisher);

-- contact lists with automatic subscription
CREATE TABLE presence_list (
    list                VARCHAR(255) PRIMARY KEY,
    owner               VARCHAR(255) NOT NULL,
    asked               INTEGER NOT NULL
);
CREATE INDEX presence_list_by_owner ON presence_list (owner);

-- what other domains have not been told yet; watcher * for all of that domain
CREATE TABLE presence_owed (
    domain              VARCHAR(255) NOT NULL,
    publisher           VARCHAR(255) NOT NULL,
    watcher             VARCHAR(255) NOT NULL,
    attributes          INTEGER NOT NULL,
    version             BIGINT NOT NULL,
    PRIMARY KEY (domain, publisher, watcher)
);
