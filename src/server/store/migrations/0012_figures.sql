-- The figures: a row for each visit and inquiry, without anybody in it. Neither citizen nor employee nor the time of day stands here, so that
-- no row leads to a person; how long somebody waited and was served is kept in whole minutes.

CREATE TABLE visit (
    no         INTEGER PRIMARY KEY NOT NULL,
    site       TEXT NOT NULL,
    department TEXT NOT NULL,
    day        TEXT NOT NULL,
    matter     TEXT NOT NULL,                -- a slug of the rules of the figures
    channel    TEXT NOT NULL,
    waited     INTEGER,
    took       INTEGER,
    outcome    TEXT,                         -- none until the wrap-up is registered
    booked     INTEGER NOT NULL,
    stand      INTEGER NOT NULL,
    repeated   INTEGER NOT NULL              -- 1: a new contact on the same matter came within 14 days
);
CREATE INDEX visit_day ON visit (site, channel, day);

-- Who had to come again, and why.
CREATE TABLE rebooking (
    no         INTEGER PRIMARY KEY NOT NULL,
    site       TEXT NOT NULL,
    department TEXT NOT NULL,
    day        TEXT NOT NULL,
    matter     TEXT NOT NULL,
    cause      TEXT NOT NULL
);
CREATE INDEX rebooking_day ON rebooking (site, day);

-- Days for which a department sent no data. They stay open.
CREATE TABLE visit_gap (
    site       TEXT NOT NULL,
    department TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    to_day     TEXT NOT NULL,
    PRIMARY KEY (site, department, from_day)
) /*clustered*/;
