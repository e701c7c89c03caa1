-- The last search of each client, so that it can be continued (SSP 13.1.5.1.1), also at another node or after a restart.
CREATE TABLE search (
    search_id  VARCHAR(64)  PRIMARY KEY,
    user_id    VARCHAR(255) NOT NULL,
    client     VARCHAR(255) NOT NULL,
    page_size  INT          NOT NULL,
    expires_at BIGINT       NOT NULL,
    hits       TEXT         NOT NULL
);
CREATE UNIQUE INDEX search_session ON search (user_id, client);
CREATE INDEX search_expiry ON search (expires_at);
