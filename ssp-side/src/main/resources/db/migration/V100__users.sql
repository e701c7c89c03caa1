-- The users of our own domains (SSP 11, 12). Addresses are kept in lower case: they are compared without regard to it.
CREATE TABLE imps_user (
    user_id     VARCHAR(255) PRIMARY KEY,
    created     TIMESTAMP WITH TIME ZONE NOT NULL,
    friendly    VARCHAR(255)
);
