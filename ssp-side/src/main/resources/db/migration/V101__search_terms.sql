-- Every end of every value that a search can find a user or a group by (SSP 13.1.4): a part of the value is the
-- beginning of a term, so a search is a range of this key.
CREATE TABLE search_term (
    element   VARCHAR(40)  NOT NULL,
    term      BYTEA        NOT NULL,
    object_id VARCHAR(255) NOT NULL,
    PRIMARY KEY (element, term, object_id)
);
CREATE INDEX search_term_object ON search_term (object_id, element);
