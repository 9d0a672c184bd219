-- The base: citizens, cases, appointments, contacts, and what every write leaves behind (audit, event, command).
-- Moments are whole microseconds since 1970 (UTC), dates are text (YYYY-MM-DD), words are the contract's own.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);

CREATE TABLE site (
    id    TEXT PRIMARY KEY NOT NULL,
    rank  INTEGER NOT NULL,
    name  TEXT NOT NULL,
    hours TEXT NOT NULL              -- JSON: seven days, Monday first
);

CREATE TABLE counter (
    id   TEXT PRIMARY KEY NOT NULL,
    site TEXT NOT NULL REFERENCES site(id),
    rank INTEGER NOT NULL,
    name TEXT NOT NULL               -- JSON: Danish and English
);

-- A running case keeps the checklist version it began with, whatever the catalogue says later.
CREATE TABLE procedure_version (
    procedure TEXT NOT NULL,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,         -- JSON
    PRIMARY KEY (procedure, version)
);

CREATE TABLE citizen (
    no             INTEGER PRIMARY KEY NOT NULL,   -- inside this database only; the world knows `id`
    id             BLOB NOT NULL,
    cpr            TEXT NOT NULL,                  -- ten digits
    born           TEXT NOT NULL,
    given_name     TEXT NOT NULL,
    surname        TEXT NOT NULL,
    status         TEXT NOT NULL,
    civil_status   TEXT NOT NULL,
    ground         TEXT NOT NULL,
    street         TEXT,
    postcode       TEXT,
    district       TEXT,
    protected      INTEGER NOT NULL,               -- 1: name and address are protected (CPR-loven § 28)
    current        INTEGER,                        -- the citizen with the current number, after a change
    profile        TEXT NOT NULL                   -- JSON: languages, contact, protections, representations …
);
CREATE UNIQUE INDEX citizen_id ON citizen (id);
CREATE INDEX citizen_cpr ON citizen (cpr);

CREATE TABLE relation (
    citizen        INTEGER NOT NULL,
    other          INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    same_household INTEGER NOT NULL,
    PRIMARY KEY (citizen, other)
) /*clustered*/;

-- What a citizen is found by: 1 a word of the name, 2 the phone number, 3 a word of the address (never of a protected one).
-- Each row repeats all words (normalised, each after a space), so that a search by several words reads this table alone, in order.
CREATE TABLE search_key (
    kind    INTEGER NOT NULL,
    key     TEXT NOT NULL,
    citizen INTEGER NOT NULL,
    whole   TEXT NOT NULL,
    PRIMARY KEY (kind, key, citizen)
) /*clustered*/;

CREATE TABLE situation (
    id          BLOB PRIMARY KEY NOT NULL,
    citizen     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    since       TEXT NOT NULL,
    coordinator TEXT
);
CREATE INDEX situation_citizen ON situation (citizen);

CREATE TABLE case_file (
    no                INTEGER PRIMARY KEY NOT NULL,
    id                BLOB NOT NULL,
    number            TEXT NOT NULL,
    citizen           INTEGER NOT NULL,
    procedure         TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    department        TEXT NOT NULL,
    situation         BLOB,
    phase             TEXT NOT NULL,
    board_column      TEXT NOT NULL,     -- derived, like what follows down to `missing`: set by the one function that adds items up
    next_step         TEXT NOT NULL,
    readiness         TEXT NOT NULL,     -- JSON
    papers_due        INTEGER NOT NULL,  -- items due before the visit, settled or not
    missing           TEXT NOT NULL,     -- JSON: slugs of the first open papers
    responsible       TEXT,
    responsible_id    BLOB,
    received          INTEGER NOT NULL,
    deadline          TEXT NOT NULL,     -- 9999-12-31 where there is none, so that lists sort
    facts             TEXT NOT NULL,     -- JSON
    attendance        INTEGER,
    version           INTEGER NOT NULL
);
CREATE UNIQUE INDEX case_id ON case_file (id);
CREATE UNIQUE INDEX case_number ON case_file (number);
CREATE INDEX case_citizen ON case_file (citizen, deadline, no);
CREATE INDEX case_deadline ON case_file (deadline, no);
CREATE INDEX case_column ON case_file (board_column, deadline, no);
CREATE INDEX case_responsible ON case_file (responsible_id, deadline, no);

CREATE TABLE checklist_item (
    case_no    INTEGER NOT NULL,
    rank       INTEGER NOT NULL,
    item       TEXT NOT NULL,
    state      TEXT NOT NULL,
    reason     TEXT,
    changed_by TEXT,
    changed_at INTEGER,
    unknown    TEXT NOT NULL,            -- JSON: facts that its condition asks and nobody knows
    version    INTEGER NOT NULL,
    PRIMARY KEY (case_no, rank)
) /*clustered*/;

CREATE TABLE case_history (
    no      INTEGER PRIMARY KEY NOT NULL,
    case_no INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    by_id   BLOB,
    by_name TEXT,
    kind    TEXT NOT NULL,
    item    TEXT,
    state   TEXT,
    reason  TEXT,
    command BLOB
);
CREATE INDEX case_history_case ON case_history (case_no, no);

CREATE TABLE appointment (
    no       INTEGER PRIMARY KEY NOT NULL,
    id       BLOB NOT NULL,
    citizen  INTEGER NOT NULL,
    counter  TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL,
    people   INTEGER NOT NULL,
    status   TEXT NOT NULL,
    reason   TEXT,
    version  INTEGER NOT NULL
);
CREATE UNIQUE INDEX appointment_id ON appointment (id);
CREATE INDEX appointment_counter ON appointment (counter, start_at);
CREATE INDEX appointment_citizen ON appointment (citizen, start_at);

CREATE TABLE appointment_case (
    appointment INTEGER NOT NULL,
    rank        INTEGER NOT NULL,
    case_no     INTEGER NOT NULL,
    PRIMARY KEY (appointment, rank)
) /*clustered*/;
CREATE INDEX appointment_case_case ON appointment_case (case_no);

CREATE TABLE counter_block (
    counter  TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    PRIMARY KEY (counter, start_at)
);

-- A booking or a block owns its five-minute cells, so that a double booking fails in any database.
CREATE TABLE booking_cell (
    resource TEXT NOT NULL,
    cell     INTEGER NOT NULL,           -- whole five minutes since 1970
    owner    INTEGER,                    -- the appointment; none for a block
    PRIMARY KEY (resource, cell)
) /*clustered*/;
CREATE INDEX booking_cell_owner ON booking_cell (owner);

CREATE TABLE contact (
    no      INTEGER PRIMARY KEY NOT NULL,
    id      BLOB NOT NULL,
    citizen INTEGER NOT NULL,
    case_no INTEGER,
    channel TEXT NOT NULL,
    at      INTEGER NOT NULL,
    minutes INTEGER,
    text    TEXT NOT NULL,               -- JSON
    by_name TEXT,
    outcome TEXT
);
CREATE INDEX contact_citizen ON contact (citizen, at, no);

-- The command ids of changes that were done. The stored answer expires; the id stays.
CREATE TABLE command (
    person      BLOB NOT NULL,
    id          BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    at          INTEGER NOT NULL,
    answer      TEXT,
    PRIMARY KEY (person, id)
);

CREATE TABLE event (
    seq        INTEGER PRIMARY KEY NOT NULL,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    etag       TEXT,
    actor      BLOB,
    actor_name TEXT,
    command    BLOB,
    citizen    BLOB,
    case_id    BLOB,
    department TEXT                      -- whose case it is about; decides who hears of it
);

CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY NOT NULL,
    chain     TEXT NOT NULL,             -- one a server process and month
    at        INTEGER NOT NULL,
    staff     BLOB NOT NULL,
    role      TEXT NOT NULL,
    action    TEXT NOT NULL,
    outcome   TEXT NOT NULL,
    citizen   BLOB,
    case_id   BLOB,
    purpose   TEXT,                      -- JSON
    session   BLOB,
    command   BLOB,
    note      TEXT,
    query_mac BLOB,                      -- HMAC of what was typed
    mac       BLOB NOT NULL              -- HMAC over the one before and this record
);
CREATE INDEX audit_citizen ON audit (citizen, seq);
CREATE INDEX audit_staff ON audit (staff, seq);
