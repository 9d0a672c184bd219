# The citizen page.

citizen-key-down = Case below
citizen-key-up = Case above
citizen-key-open = Open case
citizen-key-book = Book
citizen-key-facts = All facts
citizen-key-contacts = Contacts
citizen-key-cpr = Show the CPR number
citizen-key-address = Show the protected address
citizen-key-ask-again = Ask again
citizen-ask-again-name = Ask again, { $tag } does not answer
citizen-no-case-chosen = Choose a case first.
citizen-book-nobody-attends = Nobody needs to attend for this case.

citizen-cpr = CPR
citizen-age = Age
citizen-address = Address
citizen-speaks = Speaks
citizen-interpreter = Interpreter
citizen-interpreter-needed = Needed
citizen-interpreter-not-needed = Not needed
citizen-acts = Acts for the citizen
citizen-acts-short = { $name } acts for the citizen
citizen-household = Household
citizen-adviser = Personal adviser
citizen-born = Born
citizen-status = CPR status
citizen-municipality = Municipality of residence
citizen-ground = Ground of stay
citizen-civil-status = Civil status
citizen-post = Post and digital ability
citizen-phone = Phone
citizen-email = E-mail
citizen-relations = Family and household
citizen-show = Show
citizen-hide = Hide
citizen-fetching = …
citizen-replacement-number = Replacement number
citizen-protected = Protected
citizen-address-protected = Address protected
citizen-not-aloud = Do not say it aloud
citizen-no-address = No address known
citizen-letters-only = Letters only, no Digital Post
citizen-letters-short = Letters only
citizen-digital-post = Receives Digital Post
citizen-open-current = Open the current number
citizen-and-more = { $first } + { $count }
citizen-none = None
citizen-not-known = Not known
citizen-fewer-facts = Fewer facts
citizen-facts-unknown = Nothing is known of this citizen yet.
citizen-identity-unknown = We do not know who this is
citizen-identity-old = Shown as at { $time }. { $why }
citizen-cpr-not-shown = The CPR number is not shown. { $why }
citizen-address-not-shown = The address is not shown. { $why }

citizen-status-resident = Resident in Denmark
citizen-status-greenland = Resident in Greenland
citizen-status-tax-only = Number for tax only
citizen-status-not-registered = Not registered yet
citizen-status-annulled = Number annulled
citizen-status-deleted = Number deleted
citizen-status-changed-number = Old number
citizen-status-disappeared = Disappeared
citizen-status-departed = Left Denmark
citizen-status-dead = Dead

citizen-ground-danish = Danish citizen
citizen-ground-nordic = Nordic citizen
citizen-ground-eu-worker = EU citizen, worker
citizen-ground-eu-student = EU citizen, student
citizen-ground-eu-self-employed = EU citizen, self-employed
citizen-ground-eu-sufficient-funds = EU citizen, own funds
citizen-ground-family = Family member
citizen-ground-permit = Residence permit

citizen-civil-unmarried = Unmarried
citizen-civil-married = Married
citizen-civil-divorced = Divorced
citizen-civil-widowed = Widowed
citizen-civil-partnership = Registered partnership

citizen-ability-unsure = Unsure, wants a person
citizen-ability-able = Manages with help
citizen-ability-routine = At home with digital services
citizen-ability-professional = Professional

citizen-protection-name-and-address = Name and address protected
citizen-protection-local-directory = Not in the local directory
citizen-protection-marketing = No marketing
citizen-protection-research = No research
citizen-protection-credit-warning = Credit warning

citizen-relation-spouse = spouse
citizen-relation-partner = partner
citizen-relation-child = { $count ->
    [one] child
   *[other] { $count } children
}
citizen-relation-parent = { $count ->
    [one] parent
   *[other] { $count } parents
}
citizen-relation-sibling = { $count ->
    [one] sibling
   *[other] { $count } siblings
}
citizen-relation-here = same address
citizen-relation-elsewhere = elsewhere

citizen-acts-power-of-attorney = Power of attorney
citizen-acts-guardian = Guardian
citizen-acts-parent = Parent with custody
citizen-acts-until = { $what } to { $day }
citizen-acts-ended = { $what }, ended { $day }

citizen-sources = { $live } of { $all } sources live
citizen-sources-so-far = { $live } of { $all } sources so far
citizen-sources-asked = Asking the departments
citizen-sources-unknown = Sources unknown
citizen-sources-offline = No connection
citizen-source-down = { $tag } is not answering ({ $status }).
citizen-source-slow = { $tag } took too long ({ $status }).
citizen-source-error = { $tag } answered with an error ({ $status }).
citizen-source-lost = { $tag } had not answered when the connection broke.
citizen-source-unknown-not-absent = Cases here are unknown, not absent.
citizen-source-last-answer = Last answer { $time }.
citizen-overview-unknown = The cases are unknown
citizen-overview-broke-off = Not every department could be asked

citizen-cases = Cases
citizen-other-cases = Other cases
citizen-life-situation = Life situation
citizen-still-asked = Still answering
citizen-still-answering = { $count ->
    [one] 1 department still answering
   *[other] { $count } departments still answering
}
citizen-tags-unknown = { $tags } unknown
citizen-tag-unknown = { $tag }, unknown
citizen-late-count = { $count } late
citizen-nothing-missing = nothing missing
citizen-papers-missing = { $count ->
    [one] 1 paper missing
   *[other] { $count } papers missing
}
citizen-since = since { $day }
citizen-planned = planned { $day }
citizen-held-together = held together by { $who }
citizen-next-deadline = next deadline { $day }, { $tag }
citizen-no-case-here = No case
citizen-no-cases = No cases known
citizen-no-cases-all = Every department has answered.
citizen-no-cases-withheld = Every department that your role may ask has answered. Not shown in your role: { $tags }.
citizen-also-affected = Also affected
citizen-no-case-yet = No case yet
citizen-affected-unknown = { $count ->
    [one] unknown while { $tags } is not answering
   *[other] unknown while { $tags } are not answering
}
citizen-affected-awaited = not everybody has answered

citizen-head-case-and-step = Case and next step
citizen-head-case = Case
citizen-head-step = Next step
citizen-head-responsible = Responsible
citizen-head-deadline = Deadline
citizen-head-missing = Missing
citizen-head-status = Status
citizen-you = You
citizen-nobody = Nobody yet
citizen-deadline-late = { $day }, past deadline
citizen-deadline-none = no deadline
citizen-missing-nothing = Nothing
citizen-missing-at-visit = { $count } at the visit
citizen-missing-more = { $count ->
    [one] , 1 more
   *[other] , { $count } more
}
citizen-missing-count = { $count ->
    [one] 1 paper
   *[other] { $count } papers
}
citizen-next = Next: { $step }
citizen-step-citizen-sends-papers = citizen sends what is missing
citizen-step-check-papers = { $count ->
    [one] check 1 received paper
   *[other] check { $count } received papers
}
citizen-step-book-attendance = book an attendance
citizen-step-attendance = attendance
citizen-step-attendance-at = attendance, { $when }
citizen-step-decide = decision
citizen-step-issue = issue what was decided
citizen-step-none = Nothing more to do

citizen-day-and-time = { $day } { $time }
citizen-next-appointment = Next appointment
citizen-appointment-at = { $when }, { $counter }
citizen-no-appointment = None booked
citizen-appointments-unknown = The appointments are unknown
citizen-appointments-later = { $count ->
    [one] 1 more later
   *[other] { $count } more later
}
citizen-unsent-booking = { $when }, booked here, not sent
citizen-papers-approved = { $count ->
    [one] The document is approved
   *[other] All { $count } documents approved
}
citizen-papers-none-due = No documents due before the visit
citizen-papers-open = { $open } of { $due } documents still open
citizen-part-old = Shown as at { $time }. { $why }
citizen-contacts = Contacts
citizen-contacts-since = { $count } since { $day }
citizen-contacts-unknown = The contacts are unknown
citizen-no-contacts = No contacts yet
citizen-contact-minutes = { $channel }, { $minutes } min

citizen-channel-counter = Counter
citizen-channel-phone = Phone
citizen-channel-digital-post = Digital Post
citizen-channel-self-service = Self-service
citizen-channel-letter = Letter
citizen-channel-email = E-mail
citizen-channel-sms = Text message

citizen-outcome-settled = Settled
citizen-outcome-must-send-papers = Must send papers
citizen-outcome-new-time = New time
citizen-outcome-passed-on = Passed on
citizen-outcome-referred-elsewhere = Referred elsewhere

# Languages, by their ISO 639-1 code.
language-am = Amharic
language-ar = Arabic
language-bg = Bulgarian
language-bn = Bengali
language-bs = Bosnian
language-cs = Czech
language-da = Danish
language-de = German
language-el = Greek
language-en = English
language-es = Spanish
language-et = Estonian
language-fa = Persian
language-fi = Finnish
language-fo = Faroese
language-fr = French
language-he = Hebrew
language-hi = Hindi
language-hr = Croatian
language-hu = Hungarian
language-id = Indonesian
language-is = Icelandic
language-it = Italian
language-ja = Japanese
language-ka = Georgian
language-kl = Greenlandic
language-km = Khmer
language-ko = Korean
language-ku = Kurdish
language-lt = Lithuanian
language-lv = Latvian
language-mk = Macedonian
language-ms = Malay
language-nb = Norwegian
language-ne = Nepali
language-nl = Dutch
language-no = Norwegian
language-pa = Punjabi
language-pl = Polish
language-ps = Pashto
language-pt = Portuguese
language-ro = Romanian
language-ru = Russian
language-si = Sinhala
language-sk = Slovak
language-sl = Slovene
language-so = Somali
language-sq = Albanian
language-sr = Serbian
language-sv = Swedish
language-sw = Swahili
language-ta = Tamil
language-th = Thai
language-ti = Tigrinya
language-tl = Tagalog
language-tr = Turkish
language-uk = Ukrainian
language-ur = Urdu
language-vi = Vietnamese
language-zh = Chinese
citizen-no-case-of-theirs = No case in this life situation
citizen-key-note = Note
citizen-key-letter = Letter
citizen-key-situation = Life situation
citizen-key-change = Report a change
citizen-key-handover = Hand over
citizen-key-promise = Promise
citizen-key-verify = Verify caller
citizen-key-finish = Finish

# The course: notes, promises, timeline, sources one by one.
citizen-key-page-down = Further down
citizen-key-page-up = Further up
citizen-key-first = First case
citizen-key-last = Last case
citizen-sources-name = Sources
citizen-source-name = { $tag }, { $state }
citizen-source-ask-name = { $tag }, { $state }. Ask again
citizen-notes = Notes
citizen-notes-unknown = The notes are unknown
citizen-notes-hidden-when-turned = Hidden when screen is turned
citizen-note-write = Write a note
citizen-note-expires = expires { $day }
citizen-note-expired = expired { $day }
citizen-notes-expired = { $count ->
    [one] 1 expired note
   *[other] { $count } expired notes
}
citizen-notes-fold = Fold expired notes
note-kind-attention = Attention
note-kind-plain = Note
note-kind-attention-means = Stands first, for everybody who serves her.
note-kind-plain-means = An ordinary note.
citizen-promises = Promises
citizen-promises-unknown = The promises are unknown
citizen-promises-settled = { $count ->
    [one] 1 settled promise
   *[other] { $count } settled promises
}
citizen-promises-fold = Fold settled promises
citizen-promise-overdue = Overdue since { $day }
citizen-promise-today = Due today
citizen-promise-ahead = Due { $day }
citizen-promise-kept = Kept, was due { $day }
citizen-promise-withdrawn = Withdrawn, was due { $day }
citizen-promise-keep = Kept
citizen-promise-keep-name = Promise kept: { $text }
citizen-by-you = You
citizen-acts-short-ends = To { $day }: { $name }
citizen-acts-short-ended = Ended { $day }: { $name }
citizen-refused-short = not accepted
citizen-new = new
citizen-new-since = new since you last looked
citizen-news = { $count ->
    [one] 1 thing changed since you last looked, { $day }
   *[other] { $count } things changed since you last looked, { $day }
}
citizen-you-looked = You last looked { $day }
citizen-all-channels = All channels
citizen-narrow-name = Timeline: { $what }
citizen-kind-appointments = Appointments
citizen-kind-handovers = Hand-overs
citizen-contacts-latest = latest { $count }
citizen-no-contacts-here = Nothing of this kind
citizen-handovers-unknown = The hand-overs are unknown
citizen-earlier = Earlier contacts
citizen-earlier-count = { $count } earlier
citizen-appointment-line = Appointment, { $place }
citizen-appointment-line-plain = Appointment
citizen-appointment-proposed = Being written
citizen-appointment-coming = Coming
citizen-appointment-past = Was booked
citizen-appointment-arrived = She is here
citizen-appointment-fulfilled = Held
citizen-appointment-cancelled = Cancelled
citizen-appointment-noshow = Did not come
citizen-handed-to = Handed over to { $who }
citizen-handover-sent = Sent to { $who }, nobody has taken it yet
citizen-handover-accepted = { $who } has it
citizen-handover-done = Done by { $who }
citizen-handover-returned = { $who } sent it back
citizen-handover-withdrawn = Taken back
citizen-card-verified = Verified: { $how }
citizen-card-promised = Promised: { $what }
citizen-card-missing = Missing: { $papers }
citizen-verified-not = not verified
citizen-verified-document = by document
citizen-verified-mitid = by MitID
citizen-verified-questions = by questions
citizen-verified-known = known in person
citizen-verified = Verified { $how }
citizen-serving = Serving now
citizen-adviser-first = Asked first
citizen-acts-expires-soon = { $what }, ends { $day }
citizen-benefits = Benefits
citizen-benefits-income = depends on income
citizen-benefits-count-income = { $count ->
    [one] 1 depends on income
   *[other] { $count } depend on income
}
citizen-benefits-unknown = Not known
citizen-benefits-until = { $what }, to { $day }
citizen-last-looked = You last looked
citizen-last-looked-never = First time
citizen-duplicate = Perhaps the same person: { $name }, { $cpr }, { $age } years.
citizen-duplicate-open-name = Open { $name }

# Settle now, and what is missing.
citizen-key-settle-1 = Settle the first thing
citizen-key-settle-2 = Settle the second thing
citizen-key-settle-3 = Settle the third thing
citizen-key-ask = Ask for papers
citizen-nothing-to-ask = Nobody has to be asked for anything, as far as is known.
citizen-nothing-to-ask-here = Nobody has to be asked for anything in this case.
citizen-settle = Settle now
citizen-settle-sum = { $count ->
    [one] 1 thing, { $minutes } min
   *[other] { $count } things, { $minutes } min
}
citizen-settle-in-visit = in this visit
citizen-settle-in-call = in this call
citizen-settle-so-far = of what is known
citizen-settle-none = Nothing is waiting to be settled here.
citizen-settle-none-in-role = Nothing that your role may see is waiting to be settled here.
citizen-settle-none-but = Nothing known is waiting to be settled here. No answer from { $tags }.
citizen-settle-not-yet = Nothing so far. Not everybody has answered.
citizen-settle-no-more = There is no more to settle now.
citizen-settle-scan = Scan: { $paper }
citizen-settle-sign = Sign: { $paper }
citizen-settle-choose = { $paper }
citizen-settle-answer = Ask: { $paper }
citizen-settle-look-up = Sort out: { $paper }
citizen-settle-unlocks = unlocks { $case }
citizen-settle-unlocks-more = unlocks { $count } cases
citizen-settle-serves = for { $count } cases
citizen-settle-for = { $case }
citizen-settle-minutes = { $minutes } min
citizen-settle-past = Past deadline { $day }
citizen-settle-deadline = Deadline { $day }
citizen-settle-rejected = Rejected; can be put right here
citizen-settle-asked-due = Asked for { $day }, due { $due }
citizen-settle-asked = Asked for { $day }
citizen-settle-asked-unsent = Asked for, not sent yet
citizen-settle-no-deadline = No deadline
citizen-settle-why = Why this one: { $points } points
citizen-settle-rule = { $why } +{ $points }
citizen-missing = Missing
citizen-missing-ask = Ask in one letter
citizen-missing-none = Nothing is missing.
citizen-missing-none-known = Nothing known is missing.
citizen-missing-so-far = Nothing so far.
citizen-missing-all = All { $count }
citizen-missing-fewer = The first { $count }
citizen-missing-hidden = and { $count } more in the cases
citizen-missing-unlocks = unlocks { $cases }
citizen-missing-asked = asked for { $day }
citizen-missing-rejected = rejected
citizen-missing-unknown = No answer from { $tags }: perhaps more is missing.
citizen-missing-old = { $tag } as at { $time }: this may have changed.
citizen-letter-unsent = A letter is written here and not sent yet.
citizen-letter-refused = The letter was refused: nobody was asked. See Unsent.

# What follows from life situations, and what is proposed.
citizen-follows-more = { $count ->
    [one] 1 more
   *[other] { $count } more
}
citizen-follows-perhaps = perhaps; start the case with +
citizen-follows-start = start the case with +
citizen-key-follows = What follows from this situation
citizen-no-situation-chosen = This case belongs to no life situation.
toast-case-started = Case started: { $title }
toast-situation-opened = Life situation opened: { $title }
toast-change-reported = Reported: { $title }
proposed-one = Proposed: { $title }
proposed-which = Which situation is it?
proposed-open = Open
proposed-open-name = Open the situation { $title }
proposed-decline = Decline
proposed-none = None of these
proposed-decline-name = Decline: { $what }
proposed-unsent = Opened here, not sent yet
proposed-refused = Could not be opened; see what is unsent
proposed-starting = Starting: { $names }
proposed-moved = A new address was registered { $day }.
proposed-child-born = A child was born { $day }.
proposed-school-age = A child reaches school age { $day }.
proposed-divorced = A divorce or separation was registered { $day }.
proposed-married = A marriage was registered { $day }.
proposed-new-job = A new employer reports income since { $day }.
proposed-job-ended = The last employer stopped reporting income { $day }.
proposed-turned-65 = Turned 65 { $day }.
proposed-arrived = An arrival was registered or applied for { $day }.
proposed-departed = A departure was reported { $day }.
proposed-bereaved = A death in the household was registered { $day }.
proposed-document-expired = A passport, licence or card ran out or was lost { $day }.

# Applications that she began and did not send
half-finished = Begun and not sent: { $title }
half-finished-since = { $papers ->
    [0] In self-service, { $day }
    [one] In self-service, { $day }, with 1 paper
   *[other] In self-service, { $day }, with { $papers } papers
}
half-finished-continue = Continue for her
half-finished-continue-name = Continue the application for her: { $title }
