# The calendar: a week at a counter, free times, the booking being written.

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
calendar-papers-due = { $due ->
    [0] No paper is due before the visit
    [one] 1 paper is due before the visit
   *[other] { $due } papers are due before the visit
}
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
calendar-for = For
calendar-for-nobody = No booking. B on a citizen's or a case's page begins one.
calendar-meeting = Meeting
calendar-length = Length
calendar-people = People
calendar-minutes = { $minutes } min
calendar-less = { $what }: less than { $value }
calendar-more = { $what }: more than { $value }
calendar-no-further = It goes no further.
calendar-where = Counter
calendar-earliest = Earliest three
calendar-free-idle = F finds the earliest free times at this counter.
calendar-free-none = No free time of { $length } was found at this counter. Try another counter or a shorter length.
calendar-free-failed = Free times are not known
calendar-free-stale = These times may be taken by now
calendar-comma-time = {", "}{ $time }
calendar-place-and-length = { $place } · { $length }
calendar-take-name = { $day }, { $time }, { $place }
calendar-no-booking = Begin a booking first: B on a citizen's or a case's page.
calendar-no-time-taken = Take a free time first: 1, 2 or 3.
calendar-nobody-that-day = Nobody has an appointment that day.

calendar-booking = Booking
calendar-not-booked-yet = Not booked yet
calendar-day-label = Day
calendar-time = Time
calendar-when-open = Take a time with 1–3
calendar-must-bring = Must bring
calendar-all-approved-why = Every paper due before the visit is approved.
calendar-line-down = No connection. The booking is kept here and sent when the connection is back; somebody else may take the time meanwhile.

calendar-appointment = Appointment
calendar-covers = One visit covers { $count } cases.
calendar-none-chosen = No appointment is chosen.
calendar-hint-choose = choose one of the day's appointments
calendar-hint-book = on a citizen's or a case's page begins a booking

calendar-key-find = Find time
calendar-key-take = Take this time
calendar-key-book = Book
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
