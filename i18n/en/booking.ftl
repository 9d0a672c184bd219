# Free times, the booking being written, the waiting list, the calendar feed.

booking-for = For
booking-for-name = For: { $title }
booking-for-query = What is it for?
booking-for-hint = Type a matter
booking-for-none = No matter that somebody attends is called that.
booking-no-other-case = No other open case of this citizen needs a visit.
booking-meeting = Meeting
booking-anything = Any matter
booking-title-and = { $title } + { $count }
booking-interpreter = { $language } interpreter
booking-step-free = Step-free
booking-before-work = Before work
booking-own = Own caseworker: { $name }
booking-anyone = Anyone qualified
booking-that-day = Only { $day }
booking-at-sites = At { $sites }
booking-sites-unfold = Other sites
booking-sites-fold = Fold sites
booking-you = you

booking-earliest = Earliest three
booking-later-three = Later times
booking-interpreter-free = { $first } · interpreter is free in all
booking-first-ones = Earliest again
booking-free-idle = F finds the earliest free times.
booking-free-none = No free time of { $length } was found. Try another place or a shorter length.
booking-free-none-interpreter = No free time of { $length } with a { $language } interpreter was found. Try another place.
booking-free-no-more = There are no later free times.
booking-free-failed = Free times are not known
booking-free-stale = These times may be taken by now

booking-none = Open a citizen first: Ctrl K. Then B begins a booking.
booking-none-here = Begin a booking first: B.
booking-nothing-to-attend = Choose a case that somebody attends on the citizen's page first.
booking-no-case = Choose a case that the visit is for.
booking-no-time = Take a free time first: 1, 2 or 3.
booking-past = That time is over. Take another one.
booking-list-awaited = What to bring is being worked out.
booking-list-unknown-first = What to bring is not known. Press Y to book without the list, or F5 to ask again.
booking-warned-first = Read the warning first. Press Y to book anyway.
booking-holding = Making sure that the time is still free.

booking-head = Booking
booking-not-sent = Not sent yet
booking-when = When
booking-when-what = { $day }, { $time }
booking-when-open = Take a time with 1–3
booking-where = Where
booking-with = With
booking-with-you = You, { $name }
booking-interprets = Interpreter
booking-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}

booking-keeping = Keeping the time for you …
booking-kept = Kept for you until { $time }.
booking-no-longer-kept = The time is no longer kept for you. When you book, it is tried again.
booking-cannot-keep = The time could not be kept. { $why } You can book it all the same; somebody else may be first.
booking-taken = { $time } was taken by somebody else just now. Take another time.
booking-not-free = The time that was wished is not free. These are the nearest.
booking-not-written = The booking could not be written down. Try again.
booking-line-down = No connection. The booking is kept here and sent when the connection is back; somebody else may take the time meanwhile.

booking-must-bring = Must bring
booking-from-cases = from { $count } cases
booking-brings-nothing = Nothing: all papers that are needed are here.
booking-need-not = Need not bring
booking-approved = { $paper }, approved { $day }
booking-list-unknown = What to bring could not be fetched. Book without the list?
booking-known-missing = Known to be missing: { $papers }.
booking-goes-without-list = This is booked without the list of what to bring.
booking-without-list = Book without the list

booking-missing = A paper will not be there
booking-missing-why = Missing: { $papers }. Nothing can be settled without it: the trip would be wasted.
booking-needless = Nobody has to come
booking-needless-why = { $title } is decided, or nothing in it has to be done in person.
booking-no-interpreter = No interpreter
booking-no-interpreter-why = An interpreter is needed ({ $language }), and none is chosen.
booking-joins = There is another visit that week
booking-joins-why = { $place }, { $day } at { $time }. Both can be settled on the same day.
booking-could-cover = One more case could be settled
booking-could-cover-why = { $title } can be settled in the same visit.
booking-covers = { $count ->
    [2] One visit covers two cases
    [3] One visit covers three cases
   *[other] One visit covers { $count } cases
}
booking-covers-why = Settled in the same visit: { $titles }.
booking-accepted = Booked all the same. { $why }
booking-do-not-book = Do not book

booking-texts = What is sent
booking-script = To read aloud ({ $language })
booking-receiver = { $to }, { $how } · { $address }
booking-to-citizen = To the citizen
booking-to-interpreter = To the interpreter
booking-to-caseworker = To the caseworker
booking-by-email = e-mail
booking-by-sms = text message
booking-in-language = Sent in { $language }
booking-nothing-sent = Nothing can be sent: no e-mail address and no phone number may be used. Read the list aloud, or send a letter.
booking-sent-both = The list goes with the confirmation by e-mail and text message in { $language }.
booking-sent-email = The list goes with the confirmation by e-mail in { $language }.
booking-sent-sms = The list goes with the confirmation by text message in { $language }.
booking-reminder = A reminder goes on { $day }.

booking-comes-again = Comes again because
booking-after-missed = Stands for the appointment that was missed. Nothing has to be typed again.
booking-cause-own-wish = Own wish
booking-cause-paper-missing = Paper missing
booking-cause-no-interpreter = No interpreter
booking-cause-we-cancelled = We cancelled
booking-cause-wrong-counter = Wrong counter
booking-wants-earlier = Also wants an earlier time
booking-no-time-suits = Does no time suit? The waiting list offers earlier ones as they become free.

booking-waiting = Waiting list
booking-waiting-count = { $count ->
    [0] Nobody waits for an earlier time at { $site }.
    [one] 1 waits for an earlier time at { $site }.
   *[other] { $count } wait for an earlier time at { $site }.
}
booking-waiting-failed = The waiting list is not known
booking-waiting-stale = The waiting list may be old
booking-nobody-waits = Nobody waits for an earlier time.
booking-freed = { $day }, { $time } is free
booking-freed-where = { $place } · { $minutes } min
booking-who-fits = Who fits best
booking-nobody-fits = Nobody on the waiting list fits this time.
booking-days-won = { $days ->
    [0] same day
    [one] 1 day earlier
   *[other] { $days } days earlier
}
booking-minutes-left = { $minutes } min left over
booking-fits-exactly = fits exactly
booking-papers-ready = papers ready
booking-papers-open = papers open
booking-papers-missing = { $count ->
    [one] 1 paper missing
   *[other] { $count } papers missing
}
booking-has-time = has { $day }
booking-before = before { $day }

booking-feed = Calendar feed
booking-feed-what = Shows your appointments in your own calendar program: times, places and initials. No names, no case contents.
booking-feed-secret = Whoever has the address can read it. A new address makes the old one void.
booking-feed-once = Copy it now: it is not shown again.
booking-feed-failed = The feed was not made

booking-key-begin = Book
booking-key-for = What it is for
booking-key-later = Later times
booking-key-later-time = Later time
booking-key-book = Book and send
booking-key-accept = Book anyway
booking-key-ask-papers = Ask for papers first
booking-key-join = Same day
booking-key-cover = Settle it too
booking-key-interpreter = With interpreter
booking-key-texts = Word for word
booking-key-script = Read aloud
booking-key-list = What to bring
booking-key-language = Language
booking-key-earlier = Earlier time too
booking-key-wait = Put on the waiting list
booking-key-waiting = Waiting list
booking-key-again = Book again
booking-key-feed = Calendar feed
booking-key-close = Close
booking-key-one-up = The one above
booking-key-one-down = The one below
booking-key-withdraw = Take off the list
booking-key-offer = Book this time
booking-key-make-feed = Make an address
booking-key-new-feed = Make a new address
booking-key-copy = Copy
