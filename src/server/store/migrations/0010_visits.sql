-- Visits: whom they tell (the outbound queue), when the guard looks again, what runs out, who waits for an earlier time, calendar feeds.

CREATE TABLE outbound (
    no          INTEGER PRIMARY KEY NOT NULL,
    id          BLOB NOT NULL,             -- the message's own: a mail's Message-ID, a file's name
    appointment INTEGER,                   -- none: it is about no visit
    citizen     INTEGER NOT NULL,
    to_kind     TEXT NOT NULL,
    to_id       TEXT NOT NULL,             -- which interpreter or caseworker; empty for the citizen
    kind        TEXT NOT NULL,
    channel     TEXT NOT NULL,
    language    TEXT NOT NULL,
    address     TEXT NOT NULL,
    subject     TEXT,
    body        TEXT,                      -- none: written when it is sent, with what is missing then
    about       TEXT NOT NULL,             -- the time and place it tells; empty: that there is none any more
    state       TEXT NOT NULL,             -- waiting, sending, sent, withdrawn, failed
    not_before  INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    next_try    INTEGER NOT NULL,
    last_error  TEXT,                      -- what kind of failure; never an address
    sent_at     INTEGER
);
CREATE UNIQUE INDEX outbound_id ON outbound (id);
CREATE INDEX outbound_appointment ON outbound (appointment, no);
CREATE INDEX outbound_due ON outbound (next_try, no) WHERE state = 'waiting';
CREATE INDEX outbound_unfinished ON outbound (no) WHERE state = 'sending';

-- When the guard looks at a visit again: once.
CREATE TABLE visit_guard (
    appointment INTEGER PRIMARY KEY NOT NULL,
    at          INTEGER NOT NULL
);
CREATE INDEX visit_guard_at ON visit_guard (at);

-- E-mail addresses of those who are not citizens: interpreters, caseworkers.
CREATE TABLE reach (
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) /*clustered*/;

CREATE TABLE site_way (
    site    TEXT PRIMARY KEY NOT NULL,
    address TEXT NOT NULL,
    way     TEXT                           -- JSON: how to get there, in the languages that citizens read
);

CREATE TABLE expiry (
    citizen INTEGER NOT NULL,
    what    TEXT NOT NULL,
    until   TEXT NOT NULL,
    told    INTEGER,
    PRIMARY KEY (citizen, what, until)
) /*clustered*/;
CREATE INDEX expiry_until ON expiry (until) WHERE told IS NULL;

CREATE TABLE waiting (
    no          INTEGER PRIMARY KEY NOT NULL,
    id          BLOB NOT NULL,
    citizen     INTEGER NOT NULL,
    appointment INTEGER,
    minutes     INTEGER NOT NULL,
    people      INTEGER NOT NULL,
    language    TEXT,
    before      TEXT NOT NULL,
    state       TEXT NOT NULL,
    since       INTEGER NOT NULL,
    version     INTEGER NOT NULL
);
CREATE UNIQUE INDEX waiting_id ON waiting (id);
CREATE INDEX waiting_citizen ON waiting (citizen, no);

-- A wish stands at each of its sites while it is open; what is met or ended stands at none.
CREATE TABLE waiting_site (
    site    TEXT NOT NULL,
    waiting INTEGER NOT NULL,
    rank    INTEGER NOT NULL,
    open    INTEGER NOT NULL,
    PRIMARY KEY (site, open, waiting)
) /*clustered*/;
CREATE INDEX waiting_site_waiting ON waiting_site (waiting);

CREATE TABLE waiting_case (
    waiting INTEGER NOT NULL,
    rank    INTEGER NOT NULL,
    case_no INTEGER NOT NULL,
    PRIMARY KEY (waiting, rank)
) /*clustered*/;

-- The secret itself is nowhere: only who has it can read the feed.
CREATE TABLE feed (
    staff  BLOB PRIMARY KEY NOT NULL,
    secret BLOB NOT NULL,                  -- its hash
    made   INTEGER NOT NULL
);
CREATE UNIQUE INDEX feed_secret ON feed (secret);
