-- Rights: who may what and until when, the role of the day, what was opened in an emergency, and who of the staff is a citizen here too.

-- The record that somebody of the staff has as a citizen, so that she is warned of herself, her relatives and her colleagues.
ALTER TABLE staff ADD COLUMN citizen BLOB;
CREATE INDEX staff_citizen ON staff (citizen);

CREATE TABLE staff_rights (
    staff       BLOB PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    department  TEXT NOT NULL,
    role        TEXT NOT NULL,           -- of a usual day
    roles       TEXT NOT NULL,           -- JSON
    authorities TEXT NOT NULL,           -- JSON
    claimed_at  INTEGER                  -- when a sign-in last said so; none where the office keeps them itself
);

CREATE TABLE role_of_day (
    staff BLOB NOT NULL,
    day   TEXT NOT NULL,
    role  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (staff, day)
) /*clustered*/;

CREATE TABLE break_glass (
    no            INTEGER PRIMARY KEY NOT NULL,
    id            BLOB NOT NULL,
    staff         BLOB NOT NULL,
    staff_name    TEXT NOT NULL,
    citizen       BLOB NOT NULL,
    department    TEXT NOT NULL,
    reason        TEXT NOT NULL,
    basis         TEXT NOT NULL,
    at            INTEGER NOT NULL,
    open_until    INTEGER NOT NULL,
    finding       TEXT,                  -- none while nobody looked
    finding_note  TEXT,
    reviewed_by   BLOB,
    reviewed_at   INTEGER,
    version       INTEGER NOT NULL
);
CREATE UNIQUE INDEX break_glass_id ON break_glass (id);
CREATE INDEX break_glass_open ON break_glass (staff, open_until);
CREATE INDEX break_glass_review ON break_glass (finding, no);

-- Whether somebody has a ticket today is asked before her page opens.
CREATE INDEX ticket_citizen ON ticket (citizen, day);
