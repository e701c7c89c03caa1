-- Block and grant lists (SSP 16.2.10). Addresses in lower case.
CREATE TABLE block_list (
    owner        VARCHAR(255) PRIMARY KEY,
    block_active BOOLEAN NOT NULL,
    grant_active BOOLEAN NOT NULL
);

CREATE TABLE block_entry (
    owner    VARCHAR(255) NOT NULL,
    list     VARCHAR(5) NOT NULL,
    entity   VARCHAR(600) NOT NULL,
    kind     VARCHAR(20) NOT NULL,
    position INT NOT NULL,
    address  VARCHAR(600) NOT NULL,
    in_group VARCHAR(400),
    PRIMARY KEY (owner, list, entity)
);
CREATE INDEX block_entry_kind ON block_entry (owner, kind);
