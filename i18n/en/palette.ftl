# The palette (Ctrl K).

palette-hint = Name, CPR, phone, address or case
palette-citizens = Citizens
palette-cases = Cases
palette-do = Do
palette-searching = Searching …
palette-tally = { $count ->
    [one] 1 found in { $ms } ms
   *[other] { $count } found in { $ms } ms
}
palette-tally-more = The first { $count } of more, in { $ms } ms
palette-empty = Type part of a name, a CPR number, a phone number, an address or a case number.
palette-type-on = Type one more letter.
palette-none = Nobody was found. Check the spelling, or try the address or the phone number.
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
palette-prefix-case = case
palette-prefix-command = command
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
