-- Documents (their bytes lie in files beside the database, named by the document), and what arrives from outside.

CREATE TABLE document (
    no         INTEGER PRIMARY KEY NOT NULL,
    id         BLOB NOT NULL,
    citizen    INTEGER NOT NULL,
    home       BLOB NOT NULL,         -- the case it was brought to; of a half-finished application the case that it will be
    department TEXT NOT NULL,         -- of that case
    name       TEXT NOT NULL,
    kind       TEXT,
    bytes      INTEGER NOT NULL,
    received   INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    state      TEXT NOT NULL,
    source     TEXT NOT NULL,
    openness   TEXT NOT NULL,
    paper      INTEGER NOT NULL,      -- which version of the paper it is, from 1
    replaces   BLOB,
    at         INTEGER NOT NULL,
    by_id      BLOB,
    by_name    TEXT,
    command    BLOB NOT NULL,         -- that announced it: its arrival carries the same
    checks     TEXT NOT NULL,         -- JSON
    version    INTEGER NOT NULL
);
CREATE UNIQUE INDEX document_id ON document (id);
CREATE INDEX document_home ON document (home);
CREATE INDEX document_unfinished ON document (at) WHERE state = 'uploading';

-- What a document is evidence for. Of a half-finished application the cases are not there yet, so cases stand by their identifiers.
CREATE TABLE document_use (
    document INTEGER NOT NULL,
    case_id  BLOB NOT NULL,
    item     TEXT NOT NULL,           -- empty: the case as a whole
    rank     INTEGER NOT NULL,
    PRIMARY KEY (document, case_id, item)
) /*clustered*/;
CREATE INDEX document_use_case ON document_use (case_id, document);

-- Every delivery is taken in once.
CREATE TABLE intake (
    id          BLOB PRIMARY KEY NOT NULL,
    fingerprint BLOB NOT NULL,
    answer      TEXT NOT NULL,        -- JSON
    at          INTEGER NOT NULL
);

-- Applications that were begun; one that was finished is a case and stands here no more.
CREATE TABLE application (
    case_id    BLOB PRIMARY KEY NOT NULL,
    citizen    INTEGER NOT NULL,
    procedure  TEXT NOT NULL,
    department TEXT NOT NULL,
    situation  BLOB,
    facts      TEXT NOT NULL,         -- JSON
    at         INTEGER NOT NULL
);
CREATE INDEX application_citizen ON application (citizen, at);

-- Papers that a citizen cannot get, in her words.
CREATE TABLE letter_cannot (
    letter  BLOB NOT NULL,
    case_no INTEGER NOT NULL,
    item    TEXT NOT NULL,
    why     TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (letter, case_no, item)
) /*clustered*/;

-- What she wrote besides.
CREATE TABLE letter_reply (
    no     INTEGER PRIMARY KEY NOT NULL,
    letter BLOB NOT NULL,
    text   TEXT NOT NULL,
    at     INTEGER NOT NULL
);
CREATE INDEX letter_reply_letter ON letter_reply (letter, no);
