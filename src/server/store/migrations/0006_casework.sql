-- Work on cases beside their checklists. What two people change apart has a version of its own, so that they never meet.

ALTER TABLE case_file ADD COLUMN responsible_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE case_file ADD COLUMN course_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE case_file ADD COLUMN facts_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE case_file ADD COLUMN rests_since TEXT;   -- the first day it rests; none while it goes on
ALTER TABLE case_file ADD COLUMN rests_until TEXT;   -- the last day it rests; the deadline has moved by those days already
ALTER TABLE case_file ADD COLUMN rests_why TEXT;

-- The state of an item before the facts said that it does not apply: it comes back when they say otherwise.
ALTER TABLE checklist_item ADD COLUMN before TEXT;

-- Both directions are kept, so that either case finds the other.
CREATE TABLE case_relation (
    case_no INTEGER NOT NULL,
    other   INTEGER NOT NULL,
    PRIMARY KEY (case_no, other)
) /*clustered*/;

CREATE TABLE case_ask (
    no            INTEGER PRIMARY KEY NOT NULL,
    id            BLOB NOT NULL,
    case_no       INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    to_staff      BLOB,                  -- a colleague, or …
    to_department TEXT,                  -- … whoever is on duty in a unit
    to_name       TEXT NOT NULL,
    item          TEXT,
    text          TEXT NOT NULL,
    state         TEXT NOT NULL,
    reply         TEXT,
    replied_by    TEXT,
    from_id       BLOB NOT NULL,
    from_name     TEXT NOT NULL,
    at            INTEGER NOT NULL,
    version       INTEGER NOT NULL
);
CREATE UNIQUE INDEX case_ask_id ON case_ask (id);
CREATE INDEX case_ask_case ON case_ask (case_no, at);
CREATE INDEX case_ask_from ON case_ask (from_id, state, at);
CREATE INDEX case_ask_staff ON case_ask (to_staff, state, at);
CREATE INDEX case_ask_unit ON case_ask (to_department, state, at);

CREATE TABLE case_note (
    no       INTEGER PRIMARY KEY NOT NULL,
    id       BLOB NOT NULL,
    case_no  INTEGER NOT NULL,
    text     TEXT NOT NULL,
    openness TEXT NOT NULL,
    by_id    BLOB NOT NULL,
    by_name  TEXT NOT NULL,
    at       INTEGER NOT NULL
);
CREATE UNIQUE INDEX case_note_id ON case_note (id);
CREATE INDEX case_note_case ON case_note (case_no, at);

-- Lines of the history from before this database know their hand by name alone.
CREATE INDEX staff_name ON staff (name);
