-- The queue: tickets of a site and a day, what was done with them, who works there, and what goes on at stands.

CREATE TABLE ticket (
    no           INTEGER PRIMARY KEY NOT NULL,
    id           BLOB NOT NULL,
    number       TEXT NOT NULL,                -- what is called: `K 047`
    site         TEXT NOT NULL,
    day          TEXT NOT NULL,
    origin       TEXT NOT NULL,
    reason       TEXT NOT NULL,                -- JSON: Danish and English
    procedure    TEXT,
    situation    TEXT,
    department   TEXT,
    text         TEXT,
    people       INTEGER NOT NULL,
    language     TEXT,
    citizen      INTEGER,
    appointment  BLOB,
    booked       INTEGER,
    triage       TEXT NOT NULL,
    papers       TEXT NOT NULL,                -- JSON
    minutes      INTEGER NOT NULL,
    private_room INTEGER NOT NULL,
    state        TEXT NOT NULL,
    is_open      INTEGER NOT NULL,             -- 1: the queue shows it, because somebody still has to do something
    since        INTEGER NOT NULL,
    came         INTEGER NOT NULL,
    called       INTEGER,                      -- the first time
    last_call    INTEGER,
    calls        INTEGER NOT NULL,
    not_before   INTEGER,
    began        INTEGER,
    ended        INTEGER,
    counter      TEXT,
    staff        BLOB,
    staff_name   TEXT,
    card         TEXT,
    outcome      TEXT,
    unwrapped    INTEGER NOT NULL,
    version      INTEGER NOT NULL
);
CREATE UNIQUE INDEX ticket_id ON ticket (id);
-- Years of tickets cost nothing: the queue reads the open ones of its site alone.
CREATE INDEX ticket_open ON ticket (site, is_open, came);
CREATE INDEX ticket_day ON ticket (site, day);
CREATE INDEX ticket_appointment ON ticket (appointment);

CREATE TABLE ticket_case (
    ticket  INTEGER NOT NULL,
    rank    INTEGER NOT NULL,
    case_no INTEGER NOT NULL,
    PRIMARY KEY (ticket, rank)
) /*clustered*/;

-- Only ever added to.
CREATE TABLE ticket_history (
    no      INTEGER PRIMARY KEY NOT NULL,
    ticket  INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    deed    TEXT NOT NULL,
    state   TEXT NOT NULL,
    by_id   BLOB,
    by_name TEXT,
    counter TEXT,
    said    TEXT,
    command BLOB
);
CREATE INDEX ticket_history_ticket ON ticket_history (ticket, no);

CREATE TABLE ticket_number (
    site TEXT NOT NULL,
    day  TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (site, day)
) /*clustered*/;

-- Where somebody works now, and how she can be reached.
CREATE TABLE availability (
    staff       BLOB PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    site        TEXT NOT NULL,
    counter     TEXT,
    state       TEXT NOT NULL,
    since       INTEGER NOT NULL,
    wants_help  TEXT,
    helper      BLOB,
    helper_name TEXT
);
CREATE INDEX availability_site ON availability (site, since);

-- A form that is filled in at a stand.
CREATE TABLE stand_session (
    counter    TEXT PRIMARY KEY NOT NULL,
    ticket     BLOB NOT NULL,
    began      INTEGER NOT NULL,
    pointed    TEXT,
    pointed_at INTEGER
);
