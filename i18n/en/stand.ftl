# The stands beside the queue, the form at a self-service stand, and the wrap-up of who left.

stand-panel = Stand { $stand }
stand-at = Stand { $stand } · { $counter }
stand-keys-here = keys go here
stand-switch = switch
stand-nobody = Nobody stands here
stand-nobody-why = Call the next one, or bring somebody up who is on hold.
stand-call-next = Call next
stand-who = Who is it?
stand-who-why = Find out who it is, so that cases and papers can be seen.
stand-find = Find
stand-number-interpreter = { $number } · interpreter: { $language }
stand-self-service = { $number } · fills in the form alone
stand-called = Called { $time }, on the way
stand-called-again = Called { $count } times, last { $time }
stand-start = Is here
stand-recall = Call again
stand-noshow = Did not come
stand-open-all = Open all
stand-hold = Put on hold
stand-finish = Finish
stand-see-page = See the page
stand-see-less = Make it small
stand-point = Point at field
stand-point-stop = Stop pointing
stand-no-ticket = Opened without a ticket
stand-no-ticket-why = There is no number to finish. The contact is finished on the page.
stand-papers-none = No papers are open.
stand-papers-asking = Asking for the papers …
stand-papers-unknown = Not every department has answered. There may be more.
stand-papers-settled = { $count ->
    [one] 1 paper is approved
   *[other] { $count } papers are approved
}
stand-papers-more = { $count ->
    [one] 1 more paper
   *[other] { $count } more papers
}
stand-not-allowed = Your role does not see papers.
stand-word-asked = Asked for
stand-word-sign = Sign now
stand-word-choose = Choose now
stand-word-answer = Ask now
stand-word-scan = Scan it now
stand-word-look-up = Look it up
stand-word-ask = Ask for it
stand-word-ours = We do it
stand-mind = Mind
stand-address-protected = Address protected.
stand-address-aloud = Do not say it aloud
stand-acts = { $name } may act here: { $what }
stand-private-room = The private room was asked for
stand-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
stand-usually = Usually { $minutes } min
stand-left = { $minutes } left
stand-over = { $minutes } over
stand-trouble-line = There is no connection. Nothing was changed; try again when it is back.
stand-trouble-changed = A colleague changed it meanwhile. What stands now is shown.
stand-trouble-unsaved = Something is written on the page and not sent. Open it, and send it or throw it away.
stand-finish-nobody = Nobody is served here
stand-finish-called = Not here yet
stand-finish-form = The form at the stand is not done
mirror-seen = On the stand’s screen, page { $page } of { $pages }
mirror-live = live, read only
mirror-old = as at { $time }
mirror-done = Done
mirror-going = Typing
mirror-open = Not yet
mirror-automatic = Automatic
mirror-nobody = Nobody is at the stand’s screen.
mirror-waiting = Asking the stand …
mirror-on-field = On this field for { $seconds } s. Point at it
mirror-on-field-minutes = On this field for { $minutes } min. Point at it
mirror-pointed = You point at this field. It is marked on the stand’s screen.
mirror-field = { $label }: { $value }
mirror-field-empty = { $label }: empty
wrap-up-of = Wrap up { $number }
wrap-up-of-nobody = Wrap up
wrap-up-left = left { $time }
wrap-up-took = { $minutes } min { $seconds } s
wrap-up-nobody-identified = not identified
wrap-up-nobody-why = Nobody was identified, so nothing is registered about a person. How it ended counts in the figures.
wrap-up-saves-in = Saves by itself in { $time }
wrap-up-saves-now = Saves now
wrap-up-waits-outcome = Saved here; waits for how it ended
wrap-up-count = { $number } of { $count }
wrap-up-outcome-short = Outcome
wrap-up-channel-written = Written
wrap-up-line-next = One line for the next colleague, if needed
wrap-up-save = Save
wrap-up-situation-next = Situation
wrap-up-key-outcome = How it ended
wrap-up-key-focus-line = Write the line
wrap-up-key-save = Save the wrap-up now
stand-key-start = Is here: begin
stand-key-recall = Call again
stand-key-noshow = Did not come
stand-key-hold = Hold
stand-key-finish = Finish
stand-key-open = Open all
stand-key-see = See the page
stand-key-point = Point at field
pill-called = called
