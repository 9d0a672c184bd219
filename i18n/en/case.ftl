# The case page.

case-not-here-yet = The case is not here yet
case-may-not-judge = Your role may not judge papers in this case
case-may-not-book = Your role may not book in this case
case-nobody-attends = Nobody needs to attend in this case
case-key-item = item
case-key-approve = Approve
case-key-reject = Reject
case-key-not-needed = Not needed
case-key-waive = Waive
case-key-reopen = Reopen
case-key-book = Book attendance
case-key-ask-again = Ask again
case-verb-receive = Mark as received
case-verb-request = Mark as requested
case-ready = Ready to attend
case-ready-decision = Ready for decision
case-not-ready = Not ready to attend
case-settled = { $settled } of { $all } approved
case-ready-why = { $left ->
    [one] All papers are in order. 1 item is settled at the visit.
   *[other] All papers are in order. { $left } items are settled at the visit.
}
case-ready-decision-why = Every item is settled. The case can be decided.
case-not-ready-why = { $open ->
    [one] 1 paper must be in order before the visit.
   *[other] { $open } papers must be in order before the visit.
}
case-checklist = Checklist
case-due-before = Before the visit
case-due-at = At the visit
case-of = { $settled } of { $all }
case-item-refused = Not accepted: see beside
case-item-unsent = Done here, not sent yet
case-item-condition-not-met = Does not apply to this citizen
case-item-supplier = From: { $who }
case-by-system = Automatically
case-shown-as-at = Not answering, shown as at { $time }
case-nobody = nobody
case-deadline = { $days ->
    [0] Deadline { $date }, today · { $responsible }
    [one] Deadline { $date }, 1 day · { $responsible }
   *[other] Deadline { $date }, { $days } days · { $responsible }
}
case-deadline-past = { $days ->
    [one] Past deadline { $date }, 1 day · { $responsible }
   *[other] Past deadline { $date }, { $days } days · { $responsible }
}
case-no-deadline = No deadline · { $responsible }
step-received = Received
step-documents = Documents
step-attendance = Attendance
step-decision = Decision
step-issued = Issued
case-choose-item = Choose an item on the left.
case-evidence = What counts
case-citizen-text = What the citizen reads
case-why = Why it is asked for
case-why-always = Always asked for in this procedure.
case-why-condition = Asked for because of: { $facts }
case-why-unknown = Depends on: { $facts }. Not known yet: { $unknown }
case-due = When
case-due-before-long = Before the visit
case-due-at-long = At the visit, with the original or in person
case-supplied-by = Supplied by
case-reason = Reason given
case-changed = Last changed
case-source = Source
case-unsent-safe = Your judgement is safe on this machine and will be sent.
case-refused = Your judgement was not accepted
case-refused-theirs = Stands now:
case-refused-mine = Yours:
case-refused-retry = Send mine again
case-refused-discard = Keep what stands
case-attendance = Attendance
case-attendance-at = { $day } at { $time }
case-papers-ready = All papers are approved
case-papers-open = { $open ->
    [one] 1 paper is still open
   *[other] { $open } papers are still open
}
case-not-booked = Not booked. The meeting takes { $minutes } minutes.
case-latest = Latest
history-item = { $item }: { $state }
history-received = The case was received
history-booked = Attendance was booked
history-cancelled = Attendance was cancelled
history-decided = The case was decided
history-closed = The case was closed

next-citizen-sends-papers = Next: citizen sends papers
next-check-papers = Next: check papers
next-book-attendance = Next: book attendance
next-attendance = Next: attendance
next-decide = Next: decision
next-issue = Next: issue

supplier-citizen = the citizen
supplier-other-parent = the other parent
supplier-landlord = the landlord
supplier-employer = the employer
supplier-school = the school or university
supplier-siri = SIRI
supplier-udi = the immigration service
supplier-doctor = a doctor
supplier-cpr = a look-up in CPR
supplier-clerk = the counter
supplier-photo-booth = a photo booth

certainty-high = From an official page
certainty-medium = From another municipality or an older page; confirm
certainty-low = Own knowledge; confirm before use
certainty-invented = Invented for training

reason-reject = Reject “{ $item }”?
reason-reject-then = The citizen is told what is wrong. Your reason stands in the case.
reason-waive = Waive “{ $item }”?
reason-waive-then = The case goes on without it. Your reason stands in the case.
reason-not-needed = Mark “{ $item }” as not needed?
reason-not-needed-then = It leaves this citizen’s list. Your reason stands in the case.
reason-field = Reason
reason-hint = One line is enough
dialog-keep = Keep as it is
refusal-already = It is already { $state }.
refusal-needs-reason = Write a reason, so that the next one understands.
refusal-too-long = A reason has at most { $most } characters. Shorten it.
refusal-not-from = That is not possible while it is { $state }. Reopen it first.
history-asked = Asked for in a letter
history-change-reported = A change was reported

# What happened to a case
history-document-came = A document came
history-document-moved = A document was moved
history-replied = The citizen replied
history-reminded = The citizen was reminded
history-request-changed = The request was changed
history-assigned = The responsibility changed
history-suspended = The case was rested
history-resumed = The case goes on
history-extended = The deadline was extended
history-facts-said = Facts were noted
history-lifted = The case got the new checklist
history-related = Cases were related or parted
history-proposed = A decision was proposed
history-sent-back = The proposal was sent back
history-taken-back = The proposal was taken back
history-issued = The decision was told to the citizen
history-asked-colleague = A colleague was asked
history-colleague-answered = A colleague answered
history-noted = A note was written
history-authority-answered = An authority answered
history-on-behalf = The application was finished on the citizen’s behalf
