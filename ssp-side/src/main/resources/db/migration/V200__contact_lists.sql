-- Contact lists and attribute lists (SSP 14). Keys are addresses in lower case; the id beside one is how its owner wrote it.
-- Presence attributes are a bit each.

CREATE TABLE contact_owner (
    owner               VARCHAR(255) PRIMARY KEY,
    default_list        VARCHAR(255),
    lists               INTEGER NOT NULL,
    default_attributes  INTEGER,
    default_notify      BOOLEAN
);

CREATE TABLE contact_list (
    list                VARCHAR(255) PRIMARY KEY,
    list_id             VARCHAR(255) NOT NULL,
    owner               VARCHAR(255) NOT NULL,
    display_name        VARCHAR(510),
    created             BIGINT GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX contact_list_by_owner ON contact_list (owner, created);

CREATE TABLE contact_member (
    list                VARCHAR(255) NOT NULL,
    member              VARCHAR(255) NOT NULL,
    member_id           VARCHAR(255) NOT NULL,
    owner               VARCHAR(255) NOT NULL,
    nick                VARCHAR(510),
    added               BIGINT GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (list, member)
);
CREATE INDEX contact_member_of ON contact_member (owner, member);

-- kind: U for a user, L for a contact list
CREATE TABLE attribute_list (
    owner               VARCHAR(255) NOT NULL,
    kind                CHAR(1) NOT NULL,
    target              VARCHAR(255) NOT NULL,
    target_id           VARCHAR(255) NOT NULL,
    attributes          INTEGER NOT NULL,
    notify              BOOLEAN,
    PRIMARY KEY (owner, kind, target)
);
