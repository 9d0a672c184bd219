# The palette (Ctrl K).

palette-hint = Name, CPR, phone, address, e-mail or case
palette-citizens = Citizens
palette-recent = Recent
palette-cases = Cases
palette-addresses = Addresses
palette-colleagues = Colleagues
palette-do = Do
palette-searching = Searching …
palette-tally = { $count ->
    [one] 1 found in { $ms } ms
   *[other] { $count } found in { $ms } ms
}
palette-tally-more = The first { $count } of more, in { $ms } ms
palette-empty = Type part of a name, a CPR number, a phone number, an address, an e-mail or a case number. A birth date beside a name finds one person.
palette-type-on = Type one more letter.
palette-needs-note = Say why you look: write a few words at the right.
palette-cpr-partial = { $missing ->
    [one] A CPR number has 10 digits. 1 is missing; nothing is sent before.
   *[other] A CPR number has 10 digits. { $missing } are missing; nothing is sent before.
}
palette-cpr-length = A CPR number has 10 digits; here are { $digits }.
palette-cpr-not-digits = A CPR number has digits only, perhaps with a hyphen.
palette-cpr-no-date = The first six digits are no date. Nothing was sent.
palette-age = { $age } years
palette-address-protected = Address protected
palette-address-unknown = No known address
palette-purpose = Why do you look?
palette-note = What is the reason?
palette-note-hint = A few words
palette-logged = Searching and opening are logged with your name and the reason “{ $reason }”.
palette-key-choose = choose
palette-key-open = open
palette-key-purpose = reason
palette-key-result = open result
palette-key-other-stand = open at the other stand
palette-key-open-stand = open in stand { $stand }
palette-prefix-case = case
palette-prefix-command = command
palette-prefix-colleague = colleague
palette-prefix-phone = phone

purpose-ticket = At the counter
purpose-call = On the phone
purpose-appointment = Has an appointment
purpose-case = Work on a case
purpose-other = Another reason

status-greenland = Lives in Greenland
status-tax-only = Number for tax only
status-not-registered = Not registered yet
status-annulled = Number annulled
status-deleted = Double number, deleted
status-changed-number = Changed number
status-disappeared = Disappeared
status-departed = Departed
status-dead = Dead

command-citizen = Back to the citizen
command-cases = Cases
command-queue = Queue
command-figures = Figures
command-calendar = Calendar
command-outbox = What is not sent
command-settings = Settings
command-personas = Change role
command-keys = All keys
command-english = English
command-danish = Dansk
command-dark = Dark theme
command-light = Light theme
command-density = Next row height
command-larger = Larger text
command-smaller = Smaller text
command-gallery = Gallery of components
command-quit = Quit Skranke
command-persona = Change role to { $role }

# What was not found, and what to try.
palette-similar = similar spelling
palette-similar-check = The spelling is similar, not the same. Make sure who she is.
palette-date-alone = Too many are born on { $date }. Write a name beside it.
palette-none-name = Nobody with an address or a name like “{ $words }”, nor one spelt alike.
palette-none-address = Nobody is registered at “{ $words }”. Protected addresses are never found this way.
palette-none-born = Nobody called “{ $words }” is born on { $date }.
palette-none-cpr = Nobody has this CPR number.
palette-none-phone = Nobody has a phone number that begins or ends with “{ $words }”.
palette-none-email = Nobody has an e-mail address that begins with “{ $words }”.
palette-none-case = No case you may see has a number that begins with “{ $words }”.
palette-none-colleague = No colleague by that name or department.
palette-try-name = Try fewer letters, a birth date beside the name (12.11.90), or + and the phone number.
palette-try-born = Try fewer letters, another birth date, or + and the phone number.
palette-try-cpr = Check the digits, or try the name and the birth date.
palette-try-other = Try the name and the birth date.
palette-tally-colleagues = { $count ->
    [one] 1 colleague
   *[other] { $count } colleagues
}

# The stands and colleagues.
palette-stand-hers = She is open in stand { $stand } already.
palette-stand-taken = { $name } is in stand { $stand } now. Shift ↵ takes that place.
palette-handover-here = ↵ hands { $name } over to this colleague. You write the card before it is sent.
palette-handover-nobody = To hand somebody over, open the citizen first.

# Things to do with the citizen who is open.
palette-do-book = Book a time for { $name }
palette-do-letter = Ask { $name } for what is missing
palette-do-handover = Hand { $name } over
palette-do-note = Write a note about { $name }
palette-do-promise = Promise { $name } something
palette-do-situation = Open a life situation for { $name }
palette-do-change = Report a change for { $name }
palette-do-verify = Verify who calls as { $name }
palette-do-finish = Finish with { $name }
palette-do-stand = Go to stand { $stand }
