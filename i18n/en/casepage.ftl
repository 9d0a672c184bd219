# The case page: its head, its checklist, what is asked for.

case-may-not-work = Your role may not ask or write in this case
case-may-not-steer = Your role may not assign this case
case-is-closed = The case is closed; nothing in it can be changed any more.
case-key-ask = Ask for it
case-key-next = Next case
case-key-previous = Previous
case-key-note = Note
case-key-assign = Assign
case-key-print = Print summary
case-key-latest = All of what happened, or the right column
case-key-close-side = Close what is beside
case-key-approve-anyway = Approve anyway, with reason
case-last-of-list = This is the last case of the list
case-first-of-list = This is the first case of the list
case-side-open = Ask, decide, latest
case-side-close = Close

# Who else is here.
case-reads = { $name } is reading
case-edits = { $name } is writing
case-edits-item = { $name } is editing “{ $item }”
case-others-more = + { $count } more

# The line beneath the name. Words between asterisks are strong.
case-deadline-is = { $days ->
    [0] Deadline *{ $date }*, today
    [one] Deadline *{ $date }*, 1 day
   *[other] Deadline *{ $date }*, { $days } days
}
case-deadline-was = { $days ->
    [one] Past deadline *{ $date }*, 1 day
   *[other] Past deadline *{ $date }*, { $days } days
}
case-no-deadline-set = No deadline
case-prepared-by = Prepared by *{ $name }*
case-prepared-by-you = Prepared by *you*
case-prepared-by-nobody = Prepared by nobody yet
case-rests = Rests
case-rests-until = Rests until { $day }
case-newer-checklist = Newer checklist ({ $version })
step-attendance-none = not booked
step-decision-four = four eyes
step-decision-two = one decides

# Readiness in a sentence.
case-attendance-if = { $open ->
    [one] Attendance { $when } stands if the last paper is approved by { $by }. Otherwise offer a later time before she sets out.
   *[other] Attendance { $when } stands if all are approved by { $by }. Otherwise offer a later time before she sets out.
}
case-attendance-in-doubt = { $open ->
    [one] 1 paper was to be in order by { $by }. Offer a later time than { $when } before she sets out.
   *[other] { $open } papers were to be in order by { $by }. Offer a later time than { $when } before she sets out.
}
case-attendance-stands = { $left ->
    [0] Attendance { $when } stands: all papers are in order.
    [one] Attendance { $when } stands. 1 item is settled there.
   *[other] Attendance { $when } stands. { $left } items are settled there.
}
case-ready-not-booked = All papers are in order. Book the attendance: it takes { $minutes } minutes.
case-not-ready-not-booked = { $open ->
    [one] 1 paper must be in order before a time is booked.
   *[other] { $open } papers must be in order before a time is booked.
}
case-not-ready-nobody = { $open ->
    [one] 1 paper must be in order before the decision.
   *[other] { $open } papers must be in order before the decision.
}

# The groups of a checklist.
group-identity = Identity
group-ground = Reason
group-home = Home
group-household = Household
group-other = Other
group-visit = At the visit

# The second line of an item.
case-now = now
case-item-to-check = check it
case-item-scanned = Scanned { $when }
case-item-uploaded = Uploaded { $when }
case-item-sent = Sent by the citizen { $when }
case-item-from-authority = From an authority { $when }
case-item-from-office = Written here { $when }
case-item-version = version { $version }
case-item-asked = Asked { $sent }, answer by { $by }
case-item-asked-reminder = Asked { $sent }, reminder goes { $reminder }
case-item-overdue = Asked { $sent }, answer was due { $by }
case-item-cannot = Cannot get it: { $why }
case-item-because = Because: { $facts }
case-item-not-asked = Not asked for yet
case-cannot = She cannot get this paper
case-cannot-then = Accept another proof (A, with a reason), waive it (I), or ask for something else (D).

reason-approve = Approve “{ $item }”?
reason-approve-then = A check on the paper failed. Say why it is in order all the same; it stands in the case.
reason-approve-other-then = Say which other proof you accept. It stands in the case.
reason-reject-then-ask = The paper is rejected for this reason, and ticked in the letter that asks for a new one.

# The last lines.
case-latest-all = All { $count }
case-latest-fewer = Fewer
case-latest-you = You: { $what }
case-latest-by = { $by }: { $what }
history-document-came-for = A document came for { $item }

# The panel that asks for what is missing.
request-title = Ask for what is missing
request-sending = The letter is being written to the outbox.
request-nothing = Nothing is missing that she could send.
request-paper-rejected = { $paper } (was rejected)
request-words = { $count ->
    [one] 1 word
   *[other] { $count } words
}
request-unwritten = We have no letters in { $language }. Write it by hand, or send this one.
request-not-hers = She is written to in { $language }. What you see is what is sent.
request-edited = You edited this text. Ticks and dates no longer change it.
request-day-moved = { $day }: the office is closed { $typed }
request-send-by = Send by
request-channel-counter = Print at counter
request-send = Send to citizen
request-reminder = Reminder { $day }
request-no-reminder = Too little time for a reminder
request-not-in-sight = Open the letter first (Y): nothing is sent unread
request-unconfirmed = A ticked paper was judged just now. Wait until that is sent, then send the letter.
request-unsent = Done here, not sent yet
request-held = Waits for a change that was not accepted
request-refused = Your request was not accepted
request-refused-again = Send it again
request-refused-away = Throw it away
request-longer = Give longer
request-longer-until = Answer by
request-remind = Remind now
request-close = Close
request-close-why = Why is nothing more awaited?
request-not-later = Choose a later day than the one she has.
request-state-open = Asked { $sent }, answer by { $by }
request-state-reminder = Asked { $sent }, answer by { $by }, reminder { $reminder }
request-state-reminded = Asked { $sent }, reminded, answer by { $by }
request-state-overdue = { $days ->
    [one] Asked { $sent }, answer was due { $by }: 1 day over
   *[other] Asked { $sent }, answer was due { $by }: { $days } days over
}
request-state-answered = Asked { $sent }, answered
request-state-closed = Asked { $sent }, closed
