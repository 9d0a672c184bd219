-- The log: why and from where, signed heads of its chains, and what its retention leaves of a chain.

ALTER TABLE audit ADD COLUMN form INTEGER NOT NULL DEFAULT 1;   -- what the MAC is made over: 1 before these columns, 2 with them
ALTER TABLE audit ADD COLUMN basis TEXT;
ALTER TABLE audit ADD COLUMN context TEXT;
ALTER TABLE audit ADD COLUMN tie TEXT;
ALTER TABLE audit ADD COLUMN place TEXT;

CREATE INDEX audit_chain ON audit (chain, seq);
CREATE INDEX audit_action ON audit (action, seq);
CREATE INDEX audit_at ON audit (at);
-- What a sample control looks for is rare: refused attempts, looks out of context, looks at somebody near.
CREATE INDEX audit_refused ON audit (seq) WHERE outcome = 'refused';
CREATE INDEX audit_context ON audit (context, seq) WHERE context IS NOT NULL;

-- How far a chain had come at a moment, signed. Exported, it shows that what it names is still there.
CREATE TABLE audit_head (
    no        INTEGER PRIMARY KEY NOT NULL,
    chain     TEXT NOT NULL,
    seq       INTEGER NOT NULL,          -- its last record
    count     INTEGER NOT NULL,          -- how many records it had
    mac       BLOB NOT NULL,             -- of that record
    at        INTEGER NOT NULL,
    sealed    INTEGER NOT NULL,          -- 1: its month, or its process, is over
    signature BLOB NOT NULL
);
CREATE INDEX audit_head_chain ON audit_head (chain, seq);

-- The beginning of a chain that retention deleted, signed: the rest goes on from its last MAC.
CREATE TABLE audit_tombstone (
    chain     TEXT PRIMARY KEY NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq  INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    mac       BLOB NOT NULL,             -- of the last record that was deleted
    at        INTEGER NOT NULL,
    signature BLOB NOT NULL
);
CREATE INDEX audit_tombstone_last ON audit_tombstone (last_seq);

-- What retention asks: closed cases by when they were closed, tickets by day, applications by age.
CREATE INDEX case_closed ON case_file (procedure, closed_at) WHERE closed_at IS NOT NULL;
-- What hangs on a case is found by the case.
CREATE INDEX change_report_case_case ON change_report_case (case_no);
CREATE INDEX waiting_case_case ON waiting_case (case_no);
CREATE INDEX ticket_case_case ON ticket_case (case_no);
CREATE INDEX letter_cannot_case ON letter_cannot (case_no);
CREATE INDEX situation_follow_case ON situation_follow (case_no) WHERE case_no IS NOT NULL;
CREATE INDEX ticket_old ON ticket (day);
CREATE INDEX application_old ON application (at);
