-- The board: what one look tells of a case, derived like its column; and the journal by which the board's table in memory keeps up.

ALTER TABLE citizen ADD COLUMN municipality TEXT NOT NULL DEFAULT 'koebenhavn';
ALTER TABLE case_file ADD COLUMN municipality TEXT NOT NULL DEFAULT 'koebenhavn';
ALTER TABLE case_file ADD COLUMN came_at INTEGER;        -- when a paper came last that nobody has looked at
ALTER TABLE case_file ADD COLUMN asked_at INTEGER;       -- when the citizen was asked last
ALTER TABLE case_file ADD COLUMN closed_at INTEGER;

UPDATE case_file SET
    came_at = (SELECT MAX(i.changed_at) FROM checklist_item i WHERE i.case_no = case_file.no AND i.state = 'received'),
    asked_at = (SELECT MAX(i.changed_at) FROM checklist_item i WHERE i.case_no = case_file.no AND i.state = 'requested')
    WHERE phase <> 'closed';
UPDATE case_file SET
    closed_at = (SELECT MAX(h.at) FROM case_history h WHERE h.case_no = case_file.no)
    WHERE phase = 'closed';

CREATE INDEX letter_item_of_case ON letter_item (case_no);

-- Whatever changes a case, in whichever route: its number is noted here, so that no writer can forget it. New cases are found by their
-- number being higher. PostgreSQL spells the trigger with a function.
CREATE TABLE board_journal (
    seq     INTEGER PRIMARY KEY NOT NULL,
    case_no INTEGER NOT NULL
);
CREATE TRIGGER case_file_changed AFTER UPDATE ON case_file
BEGIN
    INSERT INTO board_journal (case_no) VALUES (NEW.no);
END;
