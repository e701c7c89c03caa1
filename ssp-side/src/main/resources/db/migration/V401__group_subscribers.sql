-- A join asks who is told of it: in a large group where nobody subscribed that is one look, not a walk through the group.
CREATE INDEX group_participant_subscribed ON group_participant (group_key, subscribed);
