# What was typed and not sent when a window ended, on the start page.

half-title = Half-written
half-take-up = Take up
half-discard = Discard
half-discard-really = Discard for good
half-discard-question = Discard this? What was typed is lost.
half-keep = Keep
half-unreadable = { $count ->
    [one] 1 half-written text could not be read. It comes from another version of Skranke, or the file was damaged.
   *[other] { $count } half-written texts could not be read. They come from another version of Skranke, or the file was damaged.
}
half-seen = Close
half-nowhere = There is no connection, and nothing can be kept on this machine. What you write here is there only while the window is open.
half-wrap-up = Wrap-up
half-note = Note
half-promise = Promise
half-letter = Letter asking for papers
half-handover = Hand-over
half-situation = Life situation
half-change = Reported change
half-sheet = Sheet
half-course = Deadline or rest
half-ask = Question to a colleague
half-answer = Answer to a colleague
half-case-note = Note on the case
half-facts = Facts
half-decision = Decision
half-step = Words on the decision
half-reason = Reason
half-request = Letter asking for what is missing
half-call = Called out of order
half-transfer = Passing on
half-ticket = New ticket
half-send-off = What is fetched
half-help = Asking for help
half-booking = Booking
half-cancel = Cancellation
half-closing = Closing time
half-reply = Answer to a hand-over

# Words that say why something is not on disk.
error-half-written = What you are typing cannot be kept on this machine just now ({ $why }). It is safe while the window stays open. Tell your IT support if this stays.
error-sent-meanwhile = It was sent in the meantime, as it stood before. What you typed now is still here; nothing of it was sent.
