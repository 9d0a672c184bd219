# What was done here and is not confirmed.

outbox-title = Outbox
outbox-name = What is not sent
outbox-count = { $count ->
    [one] 1 unsent
   *[other] { $count } unsent
}
outbox-refused-count = { $count ->
    [one] 1 refused
   *[other] { $count } refused
}
outbox-line-up = Sent in this order, one after the other. What is confirmed leaves the list.
outbox-line-starting = Looking for the server. What lies here is sent in this order.
outbox-line-down = No connection since { $since }. Everything here is kept encrypted on this machine and sent in this order when the connection is back.
outbox-not-written = The last change could not be kept and was not made. Do it once more; if it stays so, tell your IT support.
outbox-reading = Reading what lies here on this machine …
outbox-empty = Everything is sent
outbox-empty-why = Nothing waits here. What you do stands here until the server has confirmed it.
outbox-numbered = { $number }. { $title }
outbox-item = { $verb }: { $item }
outbox-booking = Book { $day }, { $time }
outbox-appointment-cancelled = Cancel { $day }, { $time }
outbox-appointment-arrived = Here: { $day }, { $time }
outbox-appointment-fulfilled = Held and done: { $day }, { $time }
outbox-appointment-noshow = Did not come: { $day }, { $time }
outbox-appointment-booked = Booked: { $day }, { $time }
outbox-appointment-moved = Moved to: { $day }, { $time }
outbox-reason = “{ $reason }”
outbox-state-waits = Waits its turn
outbox-state-waits-line = Waits for the connection
outbox-state-sending = Being sent
outbox-state-unknown = Sent, no answer yet
outbox-state-refused = Refused
outbox-state-held = Waits for the refused one
outbox-now = It stands as: { $state }.
outbox-now-by = It stands as: { $state }, { $by }, { $at }.
outbox-only-refused = Only what was refused is sent again by hand; the rest goes by itself.
outbox-under-way = It is under way, and nobody knows yet whether it was made. Wait for the answer.
outbox-discard-ask = Discard …
outbox-discard-question = Discard this change? What you did and typed here is lost; nothing changes at the server.
outbox-key-up = Up
outbox-key-down = Down
outbox-key-open-case = Open case
outbox-key-retry = Send again
outbox-key-discard = Discard
outbox-key-keep = Keep
outbox-key-edit = Edit
outbox-key-copy = Copy the text
outbox-edit-under-way = It is under way, and nobody knows yet whether it was made. It can be worded anew once the answer is there.
outbox-edit-no-words = It holds no words of yours. Discard it, and do it anew where you did it.
outbox-age-minutes = { $count ->
    [one] 1 minute old
   *[other] { $count } minutes old
}
outbox-age-hours = { $count ->
    [one] 1 hour old
   *[other] { $count } hours old
}
outbox-age-days = { $count ->
    [one] 1 day old
   *[other] { $count } days old
}
outbox-tried = { $count ->
    [one] tried once, at { $at }
   *[other] tried { $count } times, last at { $at }
}
outbox-follows = follows number { $number }
outbox-goes-along = { $count ->
    [one] This rests on it and goes as well:
   *[other] These { $count } rest on it and go as well:
}
deed-note-written = Write a note
deed-note-changed = Change a note
deed-promise-given = Promise something
deed-promise-settled = Settle a promise
deed-situation-opened = Open a life situation
deed-situation-declined = Decline a proposed life situation
deed-situation-changed = Change a life situation
deed-case-started = Start a case
deed-change-reported = Report a change
deed-papers-asked = Ask for papers in one letter
deed-contact-registered = Register the contact
deed-handed-over = Hand over
deed-handover-changed = Answer a hand-over

# Work on cases
deed-case-assigned = Change who is responsible
deed-course-changed = Change deadline or rest
deed-facts-said = Note facts
deed-cases-related = Relate or part cases
deed-decision-proposed = Propose a decision
deed-decision-changed = Take the decision further
deed-colleague-asked = Ask a colleague
deed-ask-changed = Answer a colleague
deed-case-note-written = Write a note on the case
deed-document-changed = Move a document
deed-request-changed = Change the request
deed-application-finished = Finish an application
deed-earlier-time-wished = Put on the waiting list
deed-earlier-time-ended = Take off the waiting list
