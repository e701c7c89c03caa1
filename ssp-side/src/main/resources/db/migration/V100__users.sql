-- The users of our own domains (SSP 11, 12). Addresses are compared without regard to case, so keys are in lower case;
-- "shown" is the address as it was registered. Times are milliseconds since 1970.
CREATE TABLE imps_user (
    user_id    VARCHAR(255) PRIMARY KEY,
    shown      VARCHAR(255) NOT NULL,
    created_at BIGINT       NOT NULL,
    password   VARCHAR(255),
    first_name VARCHAR(100),
    last_name  VARCHAR(100),
    email      VARCHAR(255),
    mobile     VARCHAR(32)
);

-- SSP 11.1: (name, value) pairs of a user, client '' for those that belong to no client. The user may be one of another
-- domain whose PSE we are.
CREATE TABLE user_profile_item (
    user_id    VARCHAR(255)  NOT NULL,
    client     VARCHAR(255)  NOT NULL,
    item_name  VARCHAR(64)   NOT NULL,
    item_value VARCHAR(1000) NOT NULL,
    PRIMARY KEY (user_id, client, item_name)
);

-- SSP 13.1.2: what everybody may know of a user; no row when nothing was ever filled in. Twice as long as the fields'
-- limits, as a database may count UTF-16 units where we count characters.
CREATE TABLE public_profile (
    user_id        VARCHAR(255) PRIMARY KEY,
    age            INT,
    city           VARCHAR(400),
    country        VARCHAR(2),
    friendly_name  VARCHAR(400),
    free_text      VARCHAR(2000),
    gender         VARCHAR(1),
    intention      VARCHAR(2000),
    interests      VARCHAR(2000),
    marital_status VARCHAR(1)
);
