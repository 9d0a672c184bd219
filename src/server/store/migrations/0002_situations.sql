-- Life situations that clerks open, what follows from them, what happened to people, benefits, letters and reported changes.

-- Who opened a situation; none for one that departments reported with their cases.
ALTER TABLE situation ADD COLUMN opened_by BLOB;
ALTER TABLE situation ADD COLUMN opened_by_name TEXT;
ALTER TABLE situation ADD COLUMN department TEXT;                       -- the opener's
ALTER TABLE situation ADD COLUMN at INTEGER;
ALTER TABLE situation ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE situation ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';    -- JSON
ALTER TABLE situation ADD COLUMN happening TEXT;                        -- what proposed it
ALTER TABLE situation ADD COLUMN declined TEXT;                         -- why a proposed one was not opened
ALTER TABLE situation ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- What became of what follows. Dismissed and started stand apart: a case that a role may not see leaves what others decided as it was.
CREATE TABLE situation_follow (
    situation BLOB NOT NULL,
    follow    TEXT NOT NULL,
    state     TEXT NOT NULL,
    reason    TEXT,
    case_no   INTEGER,
    by_id     BLOB,
    by_name   TEXT,
    at        INTEGER NOT NULL,
    PRIMARY KEY (situation, follow, state)
) /*clustered*/;

-- What registers told of: a move, a birth, a divorce. Life situations are proposed from it.
CREATE TABLE happening (
    no      INTEGER PRIMARY KEY NOT NULL,
    citizen INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    day     TEXT NOT NULL
);
CREATE INDEX happening_citizen ON happening (citizen, day);

-- What a department pays somebody.
CREATE TABLE benefit (
    no               INTEGER PRIMARY KEY NOT NULL,
    citizen          INTEGER NOT NULL,
    department       TEXT NOT NULL,
    title            TEXT NOT NULL,      -- JSON: Danish and English
    since            TEXT,
    until            TEXT,
    income_dependent INTEGER NOT NULL
);
CREATE INDEX benefit_citizen ON benefit (citizen, department);

-- One letter that asks for several papers over several cases, word by word as it was sent.
CREATE TABLE letter (
    id       BLOB PRIMARY KEY NOT NULL,
    citizen  INTEGER NOT NULL,
    contact  BLOB NOT NULL,
    language TEXT NOT NULL,
    channel  TEXT NOT NULL,
    text     TEXT NOT NULL,
    deadline TEXT NOT NULL,
    at       INTEGER NOT NULL,
    by_id    BLOB NOT NULL
);
CREATE INDEX letter_citizen ON letter (citizen, at);

CREATE TABLE letter_item (
    letter  BLOB NOT NULL,
    rank    INTEGER NOT NULL,
    case_no INTEGER NOT NULL,
    item    TEXT NOT NULL,
    PRIMARY KEY (letter, rank)
) /*clustered*/;

-- A change that a citizen reported once, and the cases that heard of it.
CREATE TABLE change_report (
    id        BLOB PRIMARY KEY NOT NULL,
    citizen   INTEGER NOT NULL,
    change    TEXT NOT NULL,
    from_day  TEXT NOT NULL,
    text      TEXT NOT NULL,
    situation BLOB,
    contact   BLOB NOT NULL,
    at        INTEGER NOT NULL,
    by_id     BLOB NOT NULL
);
CREATE INDEX change_report_citizen ON change_report (citizen, at);

CREATE TABLE change_report_case (
    report  BLOB NOT NULL,
    rank    INTEGER NOT NULL,
    case_no INTEGER NOT NULL,
    known   INTEGER NOT NULL,            -- 1: the case was there already
    PRIMARY KEY (report, rank)
) /*clustered*/;

-- A department's cases of one citizen, without walking through those of all the others.
CREATE INDEX case_citizen_department ON case_file (citizen, department, deadline, no);
