-- What is remembered of messages beyond their delivery (SSP 16). Addresses in lower case, times in milliseconds since 1970.

-- How messages reach a user: in_group is empty for the general choice.
CREATE TABLE delivery_method (
    user_id       VARCHAR(255) NOT NULL,
    in_group      VARCHAR(400) NOT NULL,
    method        VARCHAR(20) NOT NULL,
    content_limit BIGINT,
    PRIMARY KEY (user_id, in_group)
);

-- Messages that have reached a user, so that a repeat does not reach it twice.
CREATE TABLE taken_message (
    recipient  VARCHAR(255) NOT NULL,
    message_id VARCHAR(400) NOT NULL,
    sender     VARCHAR(400) NOT NULL,
    until      BIGINT NOT NULL,
    PRIMARY KEY (recipient, message_id, sender)
);
CREATE INDEX taken_message_until ON taken_message (until);

-- Messages of our users on which another domain will report.
CREATE TABLE awaited_report (
    message_id VARCHAR(400) NOT NULL,
    domain     VARCHAR(255) NOT NULL,
    sender     VARCHAR(255) NOT NULL,
    own_id     VARCHAR(400) NOT NULL,
    until      BIGINT NOT NULL,
    PRIMARY KEY (message_id, domain)
);
CREATE INDEX awaited_report_until ON awaited_report (until);
