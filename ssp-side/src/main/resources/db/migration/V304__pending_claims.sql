-- Whoever carries what is in a queue, of several processes that share the database; empty: nobody does now.
ALTER TABLE pending_queue ADD COLUMN claimed_by VARCHAR(40);
CREATE INDEX pending_queue_claimed ON pending_queue (claimed_by);
