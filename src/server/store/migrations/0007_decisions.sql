-- Decisions, and what becomes of a letter after it was sent.

-- A decision that was taken back stays, with `taken_back`: the case has at most one that stands.
CREATE TABLE decision (
    no               INTEGER PRIMARY KEY NOT NULL,
    case_no          INTEGER NOT NULL,
    outcome          TEXT NOT NULL,
    state            TEXT NOT NULL,
    reasons          TEXT NOT NULL,      -- JSON: slugs of the catalogue
    text             TEXT NOT NULL,
    language         TEXT NOT NULL,
    authority        TEXT NOT NULL,
    passed_to        TEXT,
    proposed_by      BLOB NOT NULL,
    proposed_by_name TEXT NOT NULL,
    proposed_at      INTEGER NOT NULL,
    second           BLOB,
    looked_by        BLOB,
    looked_by_name   TEXT,
    looked_at        INTEGER,
    sent_back        TEXT,
    issued_at        INTEGER,
    channel          TEXT,
    letter           BLOB,               -- the document
    taken_back       INTEGER NOT NULL DEFAULT 0,
    version          INTEGER NOT NULL    -- goes on over all decisions of a case
);
CREATE UNIQUE INDEX decision_standing ON decision (case_no) WHERE taken_back = 0;
CREATE INDEX decision_case ON decision (case_no, version);

ALTER TABLE letter ADD COLUMN by_name TEXT;              -- none for one from before: the list of staff knows
ALTER TABLE letter ADD COLUMN reminder TEXT;             -- the day she is reminded; none where no reminder is sent
ALTER TABLE letter ADD COLUMN reminded_at INTEGER;       -- when the last reminder was sent
ALTER TABLE letter ADD COLUMN closed_at INTEGER;         -- nothing more is awaited by it
ALTER TABLE letter ADD COLUMN closed_why TEXT;
ALTER TABLE letter ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX letter_reminder ON letter (reminder) WHERE reminder IS NOT NULL AND reminded_at IS NULL AND closed_at IS NULL;
