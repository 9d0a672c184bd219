# Saying why, opening in an emergency, and the team leader's oversight.

nav-oversight = Oversight
key-go-oversight = Oversight
command-oversight = Go to the oversight
palette-do-look-ups = See who looked { $name } up

# Saying why
need-title = Say why you open this page
need-protected = Name and address are protected. Every look-up takes a reason.
need-own = This is you. Your own case is a colleague’s to handle.
need-relative = This is a relative of yours, or somebody of your household.
need-colleague = This is a colleague of yours.
need-out-of-context = No ticket, call, appointment or case was found for this citizen.
need-basis = Other departments’ data are read too: name the legal basis.
need-reason = This look-up takes a reason.
need-choices = What you are doing
need-kind-ticket = At the counter, without a ticket
need-kind-call = On the phone
need-kind-appointment = About an appointment
need-kind-case = Work on a case or an enquiry in writing
need-kind-other = Something else, in my own words
need-words = More words
need-words-hint = Say what it is about
need-left = { $left } of { $most } characters left
need-no-words = Write why you open this page.
need-too-long = It is { $by ->
    [one] 1 character
   *[other] { $by } characters
} too long. Make it shorter.
need-basis-label = Legal basis
need-no-basis = Choose the legal basis.
need-acknowledge-own = I know that I open my own page, and that my team leader sees it
need-acknowledge-relative = I know that somebody near me is opened, and that my team leader sees it
need-acknowledge-colleague = I know that a colleague is opened, and that my team leader sees it
need-not-acknowledged = Tick the warning, or leave it to a colleague.
need-foot = The reason stands in the log with your name.
need-open = Open
need-leave = Leave
need-key-open = Open
need-key-leave = Leave; nothing was shown
need-key-acknowledge = The warning was seen

basis-guidance = The citizen asks and is guided
basis-application = An application is worked on
basis-consent = The citizen consents
basis-statute = A law says so; I name it
basis-vital = Life or health is in danger

key-count-find-protected = Find a protected citizen and say why

# Opening in an emergency
citizen-key-glass = Open in an emergency
glass-title = Open { $department } in an emergency?
glass-about = { $stand } · { $name }
glass-one-department = Opens one department’s cases about this one citizen, to you alone.
glass-minutes = It closes by itself after { $minutes } minutes.
glass-reviewed = Your team leader is told now, and reviews it.
glass-department = Department
glass-words = Why it cannot wait
glass-words-hint = What has happened, and what you must know
glass-too-short = Write { $more ->
    [one] 1 more character
   *[other] { $more } more characters
}.
glass-count-short = { $count } of at least { $least } characters
glass-count = { $count } of { $most } characters
glass-verb = Open
glass-opening = Opening …
glass-open-until = { $department } is opened until { $time }. Your team leader reviews it.
glass-not-your-role = Your role works on no cases: ask a caseworker to open it.
glass-nothing-withheld = No department withholds anything here from your role.
glass-offline = Without a line nothing can be opened.
glass-source-name = { $tag }: no access in your role. Enter opens it in an emergency

# What is missing
level-guidance = guidance
level-rule-based = rule-based decisions
level-judgement = professional judgement
lacks-role = As { $role } you work on no cases
lacks-department = You have no authority in { $department }
lacks-task = Your authority in { $department } does not cover this task
lacks-level = This takes { $needs } in { $department }; your authority goes as far as { $has }
lacks-expired = Your authority in { $department } ended on { $day }
lacks-begins = Your authority in { $department } begins on { $day }

# The role of the day
command-take-role = Work as { $role } today
role-today-title = Your role today
role-taken = You now work as { $role }.
role-not-taken = Your role is as it was. { $why }

# The oversight
oversight-title = Oversight
oversight-leaders-only = The oversight is for team leaders. Yours is the queue: Ctrl 1.
oversight-waiting-who = The oversight opens as soon as it is known who you are.
oversight-tab-log = Log
oversight-tab-emergencies = Emergencies
oversight-tab-emergencies-count = Emergencies ({ $count })
oversight-tab-rights = Rights
oversight-log-name = The log, newest first
oversight-log-none = Nothing was looked up in this time.
oversight-log-none-such = Nothing in the log is like that. Z shows all again.
oversight-log-kept = Nobody can change or delete a line
oversight-glasses-name = What was opened in an emergency
oversight-glasses-none = Nobody opened anything in an emergency.
oversight-rights-name = Who may what
oversight-rights-none = There is nobody here.
oversight-record-name = { $when }: { $who }, { $what }
oversight-glass-name = { $when }: { $who } opened { $department }. { $state }
oversight-right-name = { $name }, { $department }: { $standing }

oversight-head-when = When
oversight-head-who = Who
oversight-head-what = What
oversight-head-whom = About
oversight-head-why = Why
oversight-head-basis = Legal basis
oversight-head-business = Business
oversight-head-place = From where
oversight-head-outcome = Outcome
oversight-head-review = Review
oversight-head-citizen = Citizen
oversight-head-department = Dept
oversight-head-looks = Looks
oversight-head-standing = Validity
oversight-head-role = Role today
oversight-head-roles = May also work as
oversight-head-level = Goes as far as
oversight-head-tasks = Tasks
oversight-role = In the role of
oversight-case = Case
oversight-note = More
# Part of a line, in the middle of a sentence
oversight-note-glass = emergency opening { $which }
oversight-seq = Line of the log
oversight-record = A line of the log
oversight-all-tasks = All of the department

oversight-context-ticket = Ticket
oversight-context-appointment = Appointment
oversight-context-case = Case
oversight-context-call = Call
oversight-context-none = None found
oversight-tie-own = Own page
oversight-tie-relative = Relative
oversight-tie-colleague = Colleague
oversight-offline = Without a line
oversight-outcome-done = Done
oversight-outcome-refused = Refused

oversight-filter-citizen = Citizen
oversight-filter-citizen-is = About { $name }
oversight-filter-colleague = Colleague
oversight-filter-colleague-is = By { $name }
oversight-filter-action = What
oversight-filter-refused = Refused
oversight-filter-out-of-context = No business found
oversight-today = Today
oversight-week = 7 days
oversight-month = 30 days
oversight-all-time = All the log holds

oversight-count = { $count ->
    [one] 1 line
   *[other] { $count } lines
}
oversight-count-so-far = The newest { $count } lines, older ones follow
oversight-glass-count = { $count ->
    [one] 1 emergency
   *[other] { $count } emergencies
}
oversight-unreviewed = { $count ->
    [0] all reviewed
    [one] 1 not reviewed
   *[other] { $count } not reviewed
}
oversight-staff-count = { $count ->
    [one] 1 colleague
   *[other] { $count } colleagues
}
oversight-ends-count = { $count ->
    [one] 1 authority ends within 30 days
   *[other] { $count } authorities end within 30 days
}
oversight-expired-count = { $count ->
    [one] 1 ended
   *[other] { $count } ended
}
oversight-several-count = { $count ->
    [one] 1 colleague holds several roles
   *[other] { $count } colleagues hold several roles
}

oversight-not-reviewed = Not reviewed
oversight-justified = Justified
oversight-discussed = Talked over
oversight-unjustified = Not justified
oversight-justified-means = It was right to open it.
oversight-discussed-means = You talk it over. Write what you agreed.
oversight-unjustified-means = It was wrong, and is taken further. Write why.
oversight-glass-title = { $department }, opened in an emergency
oversight-glass-open = Open
oversight-glass-span = { $from }–{ $until }
oversight-looks = { $count ->
    [one] 1 look-up
   *[other] { $count } look-ups
}
oversight-reviewed-by = Reviewed by { $name }, { $time }
oversight-review-title = Review an emergency
oversight-review-of = { $name } · { $department }
oversight-review-note = What you found
oversight-review-hint = In words that can be read later
oversight-review-no-words = Write what you found: it was not simply right.
oversight-review-verb = Save the review
oversight-reviewing = Saving …

oversight-ends = Ends { $day }
oversight-expired = Ended { $day }
oversight-begins = Begins { $day }
oversight-holds = Holds
oversight-no-authority = No authority
oversight-lock-title = Lock the windows of { $name }?
oversight-lock-then = They lock at once and show no citizen. What is typed is kept; signing in opens them again.
oversight-lock-verb = Lock
oversight-lock-leave = Leave
oversight-locking = Locking …
oversight-locked = The windows of { $name } lock now
oversight-lock-own = You lock your own window with Ctrl L.

oversight-export = Save for the citizen (PDF)
oversight-export-writing = Saving …
oversight-export-title = Save the look-ups for the citizen
oversight-export-file = look-ups
oversight-export-whose = Choose a citizen first: C
oversight-export-failed = The file was not saved. { $why }
oversight-exported = Saved as { $name }, without names of the staff
oversight-not-written = It could not be written there: choose another folder.

oversight-no-row = Nothing is chosen
oversight-nobody-named = This line names no citizen
oversight-no-more = There is nothing older
oversight-key-log = The log
oversight-key-emergencies = Emergencies
oversight-key-rights = Rights
oversight-key-down = Next line
oversight-key-up = Previous line
oversight-key-details = Details
oversight-key-citizen = One citizen
oversight-key-colleague = This colleague
oversight-key-action = This deed
oversight-key-refused = Refused
oversight-key-out-of-context = No business
oversight-key-span = How far back
oversight-key-all = Show all
oversight-key-more = Older lines
oversight-key-export = Save for the citizen
oversight-key-open = Open the citizen
oversight-key-justified = Justified
oversight-key-discussed = Talk it over
oversight-key-unjustified = Not justified
oversight-key-lock = Lock the windows
oversight-key-ask-again = Ask again

# What was done
audit-search = Searched
audit-open-citizen = Opened a citizen
audit-read-overview = Read the overview
audit-read-contacts = Read contacts
audit-read-appointments = Read appointments
audit-reveal = Showed a hidden field
audit-list-cases = Listed cases
audit-open-case = Opened a case
audit-change-item = Judged a paper
audit-book = Booked a time
audit-change-appointment = Changed an appointment
audit-serve-ticket = Served a ticket
audit-read-missing = Read what is missing
audit-read-notes = Read notes
audit-read-promises = Read promises
audit-read-situations = Read life situations
audit-read-handovers = Read hand-overs
audit-verify-caller = Verified a caller
audit-read-change = Read what a change touches
audit-write-note = Wrote a note
audit-write-promise = Gave or settled a promise
audit-change-situation = Changed a life situation
audit-start-case = Started a case
audit-report-change = Reported a change
audit-ask-for-papers = Asked for papers
audit-register-contact = Registered a contact
audit-hand-over = Handed over
audit-bring-document = Brought a document
audit-read-document = Read a document
audit-change-document = Changed a document’s use
audit-take-in = Took in a delivery
audit-read-applications = Read half-finished applications
audit-assign-case = Assigned a case
audit-steer-case = Changed a case’s course
audit-say-facts = Said facts of a case
audit-relate-cases = Related cases
audit-read-asks = Read questions
audit-ask-colleague = Asked a colleague
audit-note-case = Wrote on a case
audit-change-request = Changed a request for papers
audit-decide = Worked on a decision
audit-read-summary = Printed a case’s page
audit-read-audit = Read the log
audit-read-access-log = Saved look-ups for the citizen
audit-read-rights = Read who may what
audit-take-role = Took a role
audit-break-glass = Opened in an emergency
audit-review-break-glass = Reviewed an emergency
audit-lock-session = Locked windows
audit-retain = Deleted what was kept long enough
