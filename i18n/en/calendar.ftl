# The calendar: a day of a site, a week of somebody, moving, cancelling, closing time. Bookings: booking.ftl.

calendar-title = Week { $week } · { $counter }
calendar-week-name = Appointments of the week
calendar-week-before = Previous week
calendar-week-after = Next week
calendar-legend-load = Taken, hour by hour
calendar-legend-ready = All papers approved
calendar-legend-missing = Papers missing
calendar-stale = Shown as at { $time }. { $why }
calendar-opening = Opening the calendar …
calendar-no-counters = No counter is known yet. The calendar opens as soon as the office's sites have come.

calendar-day = { $weekday } { $day }
calendar-day-name = { $weekday } { $date }
calendar-percent = { $percent } % taken
calendar-percent-short = { $percent } %
calendar-none-lack = none lack papers
calendar-lack = { $count ->
    [one] 1 lacks papers
   *[other] { $count } lack papers
}
calendar-block-break = Break
calendar-block-meeting = Meeting
calendar-block-training = Training
calendar-block-closed = Closed

calendar-papers-approved = All papers approved
calendar-papers-missing = { $count ->
    [one] 1 paper missing
   *[other] { $count } papers missing
}
calendar-missing-short = { $count } missing
calendar-title-people = { $title }, { $people } people
calendar-state-proposed = Held
calendar-state-arrived = Here
calendar-state-fulfilled = Held and done
calendar-state-noshow = Did not come
calendar-state-cancelled = Cancelled
calendar-unsent = Not sent
calendar-refused = Refused
calendar-free = { $time } free
calendar-free-name = Free { $time }
calendar-taken-name = Taken for { $who }, { $time }

calendar-find = Find a free time
calendar-length = Length
calendar-people = People
calendar-minutes = { $minutes } min
calendar-less = { $what }: less than { $value }
calendar-more = { $what }: more than { $value }
calendar-no-further = It goes no further.
calendar-comma-time = {", "}{ $time }
calendar-take-name = { $day }, { $time }, { $place }
calendar-nobody-that-day = Nobody has an appointment that day.

calendar-key-find = Find time
calendar-key-take = Take this time
calendar-key-discard = Discard
calendar-key-day-before = Day before
calendar-key-day-after = Day after
calendar-key-week-before = Previous week
calendar-key-week-after = Next week
calendar-key-today = Today
calendar-key-earlier = Earlier
calendar-key-later = Later
calendar-key-open = Open citizen
calendar-key-open-case = Open case
calendar-key-ask-again = Ask again

calendar-title-day = { $day }, { $site }
calendar-view-week = Week
calendar-view-day = Day
calendar-day-of = Appointments of { $day }
calendar-sum-booked = booked
calendar-sum-missing = with papers missing
calendar-sum-free = free
calendar-who-what = { $who } · { $what }
calendar-needless = Not needed
calendar-conflict-short = Has to be moved
calendar-conflict = This time was closed after it was booked: it has to be moved.
calendar-origin = { $who }, moving

calendar-lane-stands = Stands 1–{ $last }
calendar-lane-closed = closed today
calendar-lane-you = You
calendar-lane-self-service = Self-service
calendar-lane-nobody = Nobody named
calendar-lanes-more = Further: { $names }
calendar-lanes-more-short = +{ $count }
calendar-nobody-in-lane = Nobody has an appointment here that day.

calendar-whole-site = The whole site, day by day
calendar-group-counters = Counters
calendar-group-rooms = Rooms and stands
calendar-group-phone = Phone
calendar-group-staff = Caseworkers
calendar-group-interpreters = Interpreters
calendar-group-authorities = Authorities in the house

calendar-month-before = Previous month
calendar-month-after = Next month
calendar-month-name = { $month }, share of time taken
calendar-month-day = { $day }, { $percent } % taken
calendar-share-none = 0
calendar-share-all = 100 % taken
calendar-grounds = By ground of stay
calendar-ground-name = { $ground }: most visits in { $month }, { $count }

calendar-chosen-title = { $time } { $who }
calendar-chosen-people = { $people } people
calendar-here-since = here since { $time }
calendar-ready = Ready to attend, { $done } of { $due } approved
calendar-ready-nothing-due = Ready to attend, no paper is due
calendar-ready-missing = { $open } of { $due } papers missing. The visit can go ahead.
calendar-ready-blocked = { $open } of { $due } papers missing, and nothing can be settled without one of them. The visit may be in vain.
calendar-ready-needless = Every case is decided. Nobody has to come.
calendar-change-refused = Your change was not taken: { $why } The appointment stands as before.
calendar-serve = Serve now
calendar-not-missed-yet = The time has not come yet.

calendar-move-title = Move { $who }
calendar-move-to = { $day }, { $time }, { $place }
calendar-move-how = ← → place or day, ↑ ↓ five minutes, with Shift a quarter. In a day, Ctrl ← → another day.
calendar-move-ask = Who is told
calendar-move-same = It stands there already. Choose another time.
calendar-move-taken = The time is taken
calendar-move-closed = The time is closed
calendar-move-past = The time is over
calendar-move-interpreter-free = Interpreter free
calendar-move-interpreter-busy = The interpreter is busy then
calendar-move-interpreter-unknown = Interpreter not asked yet
calendar-move-refused = { $who } stays at { $time }. { $why }
calendar-moved = { $who } moved to { $day }, { $time }. Nobody is told within the first minute.

calendar-told-asking = Asking who is told …
calendar-told-unknown = Who is told could not be found out. { $why }
calendar-told-nobody = Nobody can be reached by e-mail or text message. Tell by letter or phone.
calendar-told-will = Will be told
calendar-told-to = { $who } { $how } · { $address }
calendar-told-line = { $what }: { $who } { $how }, { $state }
calendar-to-citizen = Citizen
calendar-to-interpreter = Interpreter
calendar-to-caseworker = Caseworker
calendar-by-email = by e-mail
calendar-by-sms = by text message
calendar-told-confirmation = Confirmation
calendar-told-reminder = Reminder
calendar-told-moved = New time
calendar-told-cancelled = Cancellation
calendar-told-guard = Warning the day before
calendar-told-earlier = Earlier time
calendar-told-expiry = Expiry
calendar-told-waiting = not sent yet
calendar-told-sent = sent
calendar-told-withdrawn = taken back
calendar-told-failed = could not be sent

calendar-cancel-title = Cancel { $who }?
calendar-cancel-keep = Keep it
calendar-cancel-cause = Why does the visit not take place?
calendar-cancel-reason = Reason, in your words
calendar-cancel-hint = What the next colleague should know
calendar-cancel-no-cause = Choose a cause with 1–5.
calendar-cancel-no-reason = Write a reason.
calendar-cancel-too-long = At most 500 characters.
calendar-cause-own-wish = Citizen's own wish
calendar-cause-paper = A paper is missing
calendar-cause-interpreter = No interpreter
calendar-cause-we = We have to cancel
calendar-cause-wrong = Wrong counter or authority
calendar-cause-missed = Did not come

calendar-may-not-close = Caseworkers, clerks and team leaders close time.
calendar-close-title = Close time
calendar-close-leave = Leave it
calendar-close-from = From
calendar-close-to = To
calendar-close-text = Why
calendar-close-hint = Stands in the calendar
calendar-close-no-time = Write a time on a five-minute mark, like 9:30.
calendar-close-order = It must end after it begins.
calendar-close-nowhere = Choose where.
calendar-close-say-when = Say from when to when: whom it meets is shown before it is saved.
calendar-close-asking = Asking whom it meets …
calendar-close-not-seen = Whom it meets is not known yet.
calendar-close-meets-nobody = Meets no appointment
calendar-close-meets = { $count ->
    [one] Meets 1 appointment, which will have to be moved
   *[other] Meets { $count } appointments, which will have to be moved
}
calendar-close-meets-one = { $time } { $who } · { $place }
calendar-close-met-meanwhile = Somebody was booked there meanwhile. Look at the list once more.
calendar-close-saving = It is being saved.
calendar-closed-that-day = Closed that day
calendar-open-again = Open again
calendar-open-again-name = Open again: { $what }

calendar-key-week = Week
calendar-key-day = Day
calendar-key-whose = Whose
calendar-key-site = Site
calendar-key-close-time = Close time
calendar-key-lane-before = Place before
calendar-key-lane-after = Place after
calendar-key-undo = Undo move
calendar-key-unselect = Choose none
calendar-key-move = Move
calendar-key-cancel = Cancel
calendar-key-arrived = Is here
calendar-key-missed = Did not come
calendar-key-again = Book again
calendar-key-words = Word for word
calendar-key-leave-move = Leave it where it was
calendar-key-five-earlier = 5 min earlier
calendar-key-five-later = 5 min later
calendar-key-quarter-earlier = 15 min earlier
calendar-key-quarter-later = 15 min later
calendar-key-choice-up = Choice above
calendar-key-choice-down = Choice below
calendar-key-choice-take = Show
