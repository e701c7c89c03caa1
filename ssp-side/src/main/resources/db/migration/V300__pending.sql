-- What was promised and is on its way (SSP 16, 13.1.7). Times are milliseconds since 1970.

-- One queue per destination; due is empty while it sleeps.
CREATE TABLE pending_queue (
    destination VARCHAR(400) PRIMARY KEY,
    due         BIGINT,
    attempts    INT NOT NULL
);
CREATE INDEX pending_queue_due ON pending_queue (due);

-- A primitive as an SSP message, kept once for all its destinations.
CREATE TABLE pending_primitive (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    uses      INT NOT NULL,
    primitive BYTEA NOT NULL
);

CREATE TABLE pending (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         VARCHAR(20) NOT NULL,
    destination  VARCHAR(400) NOT NULL,
    lane         VARCHAR(600) NOT NULL,
    reference    VARCHAR(400) NOT NULL,
    primitive_id BIGINT NOT NULL,
    parked       BOOLEAN NOT NULL,
    stored       BIGINT NOT NULL,
    expires      BIGINT NOT NULL
);
CREATE INDEX pending_waiting ON pending (destination, parked, id);
CREATE INDEX pending_of_destination ON pending (destination, kind, id);
CREATE INDEX pending_reference ON pending (destination, reference);
CREATE INDEX pending_expires ON pending (expires);
