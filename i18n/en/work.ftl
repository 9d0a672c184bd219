# Work on a case: the sheets, the decision, two people on one case.
work-to = For { $stand } · { $name } · { $number }
work-you = you
work-nobody = Nobody
work-quoted = “{ $text }”
work-title = More on this case
work-who-hint = Name or unit

case-key-ask-colleague = Ask a colleague
case-key-course = Rest and deadline
case-key-facts = Facts
case-key-relate = Related cases
case-key-decision = Decision
work-key-release = Release the case
work-key-ask-kind = What you ask for
work-key-ask-item = About the chosen item
work-key-course = Rest, resume or extend
work-key-openness = Who may read the note
work-key-fact = Next fact
work-key-say = Say the answer
work-key-case = Next case
work-key-outcome = Choose the outcome
work-key-language = Next language
work-key-channel = Next way

work-empty = Write something first.
work-too-long = { $by } characters too long. Shorten it.
work-no-receiver = Choose a colleague or a unit.
work-already-hers = She is responsible already. Choose somebody else.
work-nothing-chosen = Choose something first.
work-too-early = The day is too early. Write a later one.
work-not-a-number = Write a whole number.
work-not-now = That does not fit how the case stands now. Close the sheet and look at the case again.
work-not-here-yet = The answer has not come yet. Wait, or ask again with F5.
work-nothing-differs = The case already follows the newest version.
work-unsent = Your last judgements are not confirmed. Send it when they are.
work-line-down = No connection. A decision waits until it is back; what you wrote stays.
work-no-authority = Choose the authority that the case is passed on to.
work-may-not = Your role may not do that in this case.

work-assign = Who is responsible?
work-assign-verb = Make responsible
work-assign-to = Newly responsible
work-assign-now = Now: { $name }
work-assign-nobody = Nobody is responsible now.
work-release = Release the case, so that somebody else can take it
work-release-verb = Release

work-course = The case's course
work-course-what = What do you do?
work-rest = Rest it
work-resume = Go on with it
work-extend = Extend the deadline
work-rest-means = The deadline does not run while the case rests.
work-resume-means = The deadline moves by the days that the case rested.
work-extend-means = The citizen is told the new deadline and why.
work-rest-until = Until, included (may be empty)
work-rest-open-end = Until somebody goes on with it
work-extend-until = New deadline
work-rests = Rests since { $since }: { $reason }
work-deadline-now = Deadline now: { $day }
work-course-reason = Why
work-course-reason-hint = What the citizen and colleagues need to know

work-ask = Ask a colleague
work-ask-verb = Send the question
work-ask-kind = You ask for
work-ask-to = To
work-ask-about = About { $item }
work-ask-text = Question
work-ask-hint = What is she to look at, and by when?
ask-expert = What she knows
ask-expert-means = She answers what she knows about.
ask-second-eyes = Second pair of eyes
ask-second-eyes-means = She looks at the case before it is decided.
ask-mention = To let her know
ask-mention-means = She only needs to have heard of it.
ask-hand-back = Hand back
ask-hand-back-means = The case goes back to her who had it.
work-ask-of = to { $name }
work-ask-from = from { $name }
work-replied = { $name }: { $text }
work-asked-by = { $name }, { $when }
work-answer = Answer a colleague
work-answer-verb = Answer
work-answer-text = Answer
work-take-back = Take the question back
work-take-back-verb = Take back
work-take-back-then = Your colleague need not answer any more. The question stays in the history.

work-note = Note on the case
work-note-verb = Save the note
work-note-text = Note
work-note-who = Who may read it?
work-note-file = Part of the file
work-note-internal = Internal
work-note-file-means = The citizen may see it when she asks for access.
work-note-internal-means = A working paper, not handed out while it stays in the house.

work-facts = Facts
work-facts-verb = Save the facts
work-facts-none = The checklist asks nothing that can be said here.
work-facts-lead = { $count ->
    [0] Everything the checklist asks is known.
    [one] 1 fact is not known yet. It stands first.
   *[other] { $count } facts are not known yet. They stand first.
}
work-facts-then = The checklist follows the answers at once.
work-fact-said = said now
work-fact-known = known
work-fact-unknown = not known
work-yes = Yes
work-no = No
work-whole-number = Whole number

work-lift = Lift the case to the newest version
work-lift-verb = Lift the case
work-lift-from-to = From version { $from } to version { $to }. This becomes different in this case:
work-lift-same = Nothing changes in this case.
work-lift-then = What is approved stays so. The history keeps the old version.
work-lift-added = New item
work-lift-added-not = New item, does not apply here
work-lift-added-unknown = New item; nobody knows yet whether it applies here
work-lift-removed = Gone; what was decided stays in the history
work-lift-changed = Changed: { $parts }
work-lift-changed-settled = Changed: { $parts }. It is settled and stays so.
work-lift-part-label = name
work-lift-part-evidence = what counts as evidence
work-lift-part-when = when it applies
work-lift-part-due = when it is due
work-lift-part-supplied-by = who supplies it
work-lift-part-citizen-text = the text for the citizen
work-lift-part-other = other things

work-relate = Related cases
work-relate-verb = Relate
work-relate-apart-verb = Part them
work-relate-find = Find among the citizen's cases
work-relate-hint = Case number or name
work-relate-together = belong together
work-relate-none = No other case fits.
work-relate-partial = Not every department has answered; there may be more cases.
work-related = Belongs together with: { $cases }

decision-title = Decision
decision-locked = { $count ->
    [one] Locked: 1 item open
   *[other] Locked: { $count } items open
}
decision-items-open = { $count ->
    [one] 1 item is open. It must be settled before anything is granted.
   *[other] { $count } items are open. They must be settled before anything is granted.
}
decision-proposed-by = Proposed by caseworker
decision-approved-by = Approved by a second pair of eyes
decision-pick-from = { $count ->
    [0] not you · nobody found
   *[other] not you · pick from { $count }
}
decision-not-you = not you
decision-whoever-may = whoever may
decision-one-person = One person decides here.
decision-propose = Propose decision
decision-decide = Decide
decision-otherwise = Decide otherwise
decision-again = Propose again
decision-pass-on = Pass on
decision-guided = We guide here; { $name } decides. Pass the case on with its papers.
decision-ask-second = Ask { $name } to be second
decision-level-guidance = { $name } decides. We guide.
decision-level-rules = { $name } decides by fixed rules.
decision-level-judgement = { $name } decides by judgement.
decision-state-proposed = Proposed
decision-state-sent-back = Sent back
decision-state-approved = Approved, not told
decision-state-issued = Issued
decision-told = Told { $when }, { $channel }

outcome-granted = Granted
outcome-partly-granted = Partly granted
outcome-refused = Refused
outcome-passed-on = Passed on
outcome-withdrawn = Withdrawn

decision-propose-title = What is the decision?
decision-propose-verb = Propose
decision-decide-verb = Decide
decision-outcome = Decision
decision-reasons = Reasons
decision-own-words = The catalogue has no reasons for that outcome. Write your own.
decision-pass-to = Passed on to
decision-text-in = What the citizen reads · { $language }
decision-text-hint = Tick reasons, or write your own
decision-rewrite = The catalogue's words again
decision-unwritten = There is no text in { $code }; the citizen gets English.
decision-danish = The same in Danish
decision-danish-edited = In Danish, without your changes
decision-danish-none = Nothing is ticked yet.
decision-second = Who looks at it?
decision-second-any = Whoever may

decision-approve-title = Approve the decision?
decision-approve = Approve
decision-approve-then = Then the letter is written, and the citizen can be told.
decision-send-back-title = Send the decision back?
decision-send-back = Send back
decision-send-back-then = Who proposed it reads why and can propose again.
decision-send-back-why = Why
decision-send-back-hint = What is to be changed?
decision-withdraw-title = Take the decision back?
decision-withdraw = Take back
decision-withdraw-then = The case stands without a decision again. The proposal stays in the history.
decision-issue-title = Tell the citizen the decision?
decision-issue = Issue
decision-issue-then = Then the case is closed, and nothing in it changes any more.
decision-told-by = Told by
decision-exempt = The citizen is exempt from Digital Post.
decision-letter = What the letter says
decision-letter-head = { $outcome } · { $authority }

decision-refused-items = Items of the checklist are open.
decision-refused-already = There is a decision already.
decision-refused-same = Who proposes does not approve. Ask a colleague.
decision-refused-level = Your role may not decide in this case.
decision-refused-not-hers = Only who proposed it takes it back.
decision-refused-not-now = That cannot be done now.
decision-refused-reason = Write a reason.
decision-refused-guided = Another authority decides here. Pass the case on.

conflict-title = { $name } saved this case while you were writing
conflict-title-nobody = Somebody else saved this case while you were writing
conflict-lead = Nothing is lost. Choose what is true for each; the other version stays in the history.
conflict-differ = { $count ->
    [one] 1 field differs
   *[other] { $count } fields differ
}
conflict-mine = Yours
conflict-mine-since = not saved · started { $time }
conflict-mine-unsaved = not saved
conflict-theirs = { $name }’s
conflict-theirs-nobody = Saved
conflict-theirs-at = saved { $time }
conflict-fields = Fields of the case
conflict-kept = kept
conflict-same = same
conflict-not-touched = not touched
conflict-save = Save the choices
conflict-all-theirs = All { $name }’s
conflict-all-theirs-key = All that is saved
conflict-all-mine = All mine
conflict-take-theirs = Take what is saved
conflict-take-mine = Take mine
conflict-next = Next field
conflict-later = Keep writing
conflict-call = Call { $name }
conflict-phone = { $name }: { $phone }
conflict-no-phone = { $name } has no number in the directory.
conflict-phone-unknown = The directory does not answer.
conflict-kept-note = What you give up of yours is kept as an internal note on the case.
conflict-note = Not saved, as two people changed the case at once. { $field }: { $value }
conflict-unchosen = { $count ->
    [one] Choose for the last field too.
   *[other] Choose for each field; { $count } are left.
}
conflict-not-here-yet = The case is fetched as it stands now. Save when it is here.
conflict-field-responsible = Responsible
conflict-field-course = Deadline and rest
conflict-field-facts = Facts
conflict-field-decision = Decision
conflict-field-ask = Question to a colleague
conflict-field-papers = Papers asked for
conflict-rest-until = Rests until { $day }
conflict-deadline = Deadline { $day }
conflict-no-deadline = No deadline
conflict-version = Version { $version }
conflict-no-decision = No decision
conflict-taken-back = Taken back
conflict-changed = Changed meanwhile
conflict-booking = Booked time
conflict-papers-asked = { $channel }, answer by { $day }
conflict-waits = { $count ->
    [one] 1 field was changed by somebody else and waits for your choice
   *[other] { $count } fields were changed by somebody else and wait for your choice
}
conflict-settle = Choose

inbox-asks = Questions from colleagues
inbox-asks-unknown = It is not known whether colleagues ask
inbox-ask-open = Open the case
inbox-ask-key = Open the first question
