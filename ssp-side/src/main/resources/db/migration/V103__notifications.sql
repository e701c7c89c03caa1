-- Which general notifications each client wants (SSP 13.1.1). No row: none. The types by their names, with commas.
CREATE TABLE notification_subscription (
    user_id VARCHAR(255) NOT NULL,
    client  VARCHAR(255) NOT NULL,
    types   VARCHAR(255) NOT NULL,
    PRIMARY KEY (user_id, client)
);
