-- The calendar of a whole house: what each place is, who sits where, who interprets, times that are held, time that is closed.

ALTER TABLE site ADD COLUMN aim_minutes INTEGER NOT NULL DEFAULT 15;

ALTER TABLE counter ADD COLUMN kind TEXT NOT NULL DEFAULT 'counter';
ALTER TABLE counter ADD COLUMN step_free INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN departments TEXT NOT NULL DEFAULT '[]';   -- JSON: slugs; empty: all

-- The same interpreter may come to several sites; her time is one.
CREATE TABLE interpreter (
    site     TEXT NOT NULL,
    rank     INTEGER NOT NULL,
    id       TEXT NOT NULL,
    name     TEXT NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (site, id)
) /*clustered*/;

-- Who sits where on a day. No row: nobody said; a row without anybody: the place is closed that day.
CREATE TABLE duty (
    day     TEXT NOT NULL,
    counter TEXT NOT NULL,
    staff   BLOB,
    name    TEXT,
    PRIMARY KEY (day, counter)
) /*clustered*/;

ALTER TABLE appointment ADD COLUMN with_staff BLOB;
ALTER TABLE appointment ADD COLUMN with_name TEXT;
ALTER TABLE appointment ADD COLUMN interpreter TEXT;
ALTER TABLE appointment ADD COLUMN language TEXT;
ALTER TABLE appointment ADD COLUMN arrived_at INTEGER;
ALTER TABLE appointment ADD COLUMN expires INTEGER;          -- a proposed one alone: until when it is held
ALTER TABLE appointment ADD COLUMN held_by BLOB;             -- and by whom
ALTER TABLE appointment ADD COLUMN replaces BLOB;
ALTER TABLE appointment ADD COLUMN cause TEXT;               -- why she comes again
ALTER TABLE appointment ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
CREATE INDEX appointment_staff ON appointment (with_staff, start_at) WHERE with_staff IS NOT NULL;
CREATE INDEX appointment_interpreter ON appointment (interpreter, start_at) WHERE interpreter IS NOT NULL;
CREATE INDEX appointment_held ON appointment (expires) WHERE status = 'proposed';

-- A closure is known by an identifier, over several counters, and two may begin at the same moment.
CREATE TABLE counter_block_again (
    no       INTEGER PRIMARY KEY NOT NULL,
    id       BLOB,
    counter  TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at   INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    text     TEXT,
    version  INTEGER NOT NULL
);
INSERT INTO counter_block_again (counter, start_at, end_at, kind, version)
    SELECT counter, start_at, end_at, kind, 1 FROM counter_block ORDER BY counter, start_at;
DROP TABLE counter_block;
ALTER TABLE counter_block_again RENAME TO counter_block;
CREATE INDEX counter_block_counter ON counter_block (counter, start_at);
CREATE INDEX counter_block_id ON counter_block (id);

-- How many came in a month, by ground of stay. Nobody stands in it.
CREATE TABLE visit_month (
    site   TEXT NOT NULL,
    ground TEXT NOT NULL,
    year   INTEGER NOT NULL,
    month  INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (site, ground, year, month)
) /*clustered*/;
