-- Notes, promises, contacts with what they were about, colleagues and hand-overs.

CREATE TABLE note (
    no         INTEGER PRIMARY KEY NOT NULL,
    id         BLOB NOT NULL,
    citizen    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    text       TEXT NOT NULL,
    expires    TEXT,                     -- the last day it holds
    by_id      BLOB,
    by_name    TEXT NOT NULL,
    department TEXT NOT NULL,            -- of who wrote it first: a later hand never shows it to more people
    at         INTEGER NOT NULL,
    version    INTEGER NOT NULL
);
CREATE UNIQUE INDEX note_id ON note (id);
CREATE INDEX note_citizen ON note (citizen, at);

CREATE TABLE promise (
    no         INTEGER PRIMARY KEY NOT NULL,
    id         BLOB NOT NULL,
    citizen    INTEGER NOT NULL,
    text       TEXT NOT NULL,
    due        TEXT NOT NULL,
    state      TEXT NOT NULL,
    outcome    TEXT,
    by_id      BLOB,
    by_name    TEXT NOT NULL,
    department TEXT NOT NULL,
    at         INTEGER NOT NULL,
    version    INTEGER NOT NULL
);
CREATE UNIQUE INDEX promise_id ON promise (id);
CREATE INDEX promise_citizen ON promise (citizen, due);

ALTER TABLE contact ADD COLUMN situation TEXT;
ALTER TABLE contact ADD COLUMN for_whom TEXT;
ALTER TABLE contact ADD COLUMN verified TEXT;
CREATE UNIQUE INDEX contact_id ON contact (id);

-- What a contact was about. The department decides who may see it.
CREATE TABLE contact_subject (
    contact    INTEGER NOT NULL,
    rank       INTEGER NOT NULL,
    procedure  TEXT NOT NULL,
    department TEXT NOT NULL,
    PRIMARY KEY (contact, rank)
) /*clustered*/;

CREATE TABLE staff (
    no         INTEGER PRIMARY KEY NOT NULL,
    id         BLOB NOT NULL,
    name       TEXT NOT NULL,
    initials   TEXT NOT NULL,
    department TEXT NOT NULL,
    role       TEXT NOT NULL,
    phone      TEXT
);
CREATE UNIQUE INDEX staff_id ON staff (id);

CREATE TABLE handover (
    no            INTEGER PRIMARY KEY NOT NULL,
    id            BLOB NOT NULL,
    citizen       INTEGER NOT NULL,
    from_id       BLOB NOT NULL,
    from_name     TEXT NOT NULL,
    to_staff      BLOB,                  -- a colleague, or …
    to_department TEXT,                  -- … whoever is on duty in a unit
    receiver_name TEXT NOT NULL,
    card          TEXT NOT NULL,         -- JSON
    state         TEXT NOT NULL,
    reply         TEXT,
    taken_by      TEXT,
    sent          INTEGER NOT NULL,
    changed       INTEGER NOT NULL,
    version       INTEGER NOT NULL
);
CREATE UNIQUE INDEX handover_id ON handover (id);
CREATE INDEX handover_citizen ON handover (citizen, sent);
CREATE INDEX handover_from ON handover (from_id, sent);
CREATE INDEX handover_staff ON handover (to_staff, sent);
CREATE INDEX handover_unit ON handover (to_department, sent);

-- Who alone hears of an event, where it is not everybody: JSON with people and departments.
ALTER TABLE event ADD COLUMN audience TEXT;

-- When somebody had last opened a citizen before this log began.
CREATE TABLE looked (
    staff   BLOB NOT NULL,
    citizen BLOB NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (staff, citizen)
) /*clustered*/;
CREATE INDEX audit_looked ON audit (citizen, staff, seq) WHERE action = 'open_citizen' AND outcome = 'done';
