# The frame round every page.

nav-start = Counter
nav-citizen = Citizen
nav-cases = Cases
nav-queue = Queue
nav-figures = Figures
nav-calendar = Calendar
slab-language = Language: English. Change to Danish
slab-training = Training
slab-person = { $name }. Change role
slab-unsent = { $count ->
    [one] 1 unsent
   *[other] { $count } unsent
}
slab-refused = { $count ->
    [one] 1 not accepted
   *[other] { $count } not accepted
}

role-host = Host
role-clerk = Front-desk clerk
role-caseworker = Caseworker
role-team-leader = Team leader
role-guest = Guest
role-host-what = Receives and triages; sees identity and appointments
role-clerk-what = Serves citizens at the counter and on the phone
role-caseworker-what = Works through applications in the back office
role-team-leader-what = Leads the team and reviews the log
role-guest-what = Reads the task guide and nothing else

key-close = Close
key-confirm = Confirm
key-find = Find
key-all-keys = All keys
key-go-citizen = Citizen
key-go-cases = Cases
key-go-queue = Queue
key-go-figures = Figures
key-go-calendar = Calendar
key-go-outbox = What is not sent
key-density = Next row height
key-larger = Larger text
key-smaller = Smaller text
key-text-reset = Text at 100 %
key-settings = Settings
key-personas = Change role
key-quit = Quit
key-back = Back
key-next-control = Next control
key-previous-control = Previous control
key-nobody-open = Nobody is open. Find a citizen first.

overlay-close = Close
notice-close = Understood
persona-title = Who are you today?
persona-explain = The training municipality lets you work in any role. What you may see and do follows the role.
persona-fixed = You are signed in as another role
keys-title = All keys
keys-here = On this page
keys-everywhere = Everywhere
leave-title = Quit with unsent changes?
leave-then = { $count ->
    [one] 1 change is not sent, and this machine cannot keep it safe. It would be lost.
   *[other] { $count } changes are not sent, and this machine cannot keep them safe. They would be lost.
}
leave-verb = Quit and lose them
leave-stay = Stay
notice-settings = Your settings hold a mistake and the usual ones are used. The file was kept beside. { $mistake }
toast-booked = Booked for { $day } at { $time }
error-outbox-not-open = the outbox is not open yet
error-not-written = Your change could not be stored on this machine, so nothing was changed. Try again; if it fails again, tell your support: { $why }
error-outbox-set-aside = A damaged file with unsent changes was set aside and not deleted: { $file }
error-outbox-failed = Changes cannot be kept safe on this machine, so editing is off. Tell your support: { $why }
error-settings-not-saved = Your settings hold for now but could not be saved: { $why }
notice-database-set-aside = The training database was damaged. It was set aside, not deleted, and a new one was made: { $file }

# Stands, lock, turned screen.
stand-free = free
stand-name = Stand { $stand }: { $name } { $time }
stand-writes-here = Everything you write goes here
stand-other = { $stand } waits: { $name } { $time }
key-stand = Other stand
key-turn = Turn the screen
key-turn-back = Turn back
key-turn-language = Next language
key-nobody-to-turn-to = Open a citizen first; then the screen can be turned.
key-lock = Lock
key-unlock = Unlock
locked-title = Locked
locked-waits = { $name } is signed in.{ $visits ->
    [0] {""}
    [one] {" "}One visit is on hold.
   *[other] {" "}Both visits are on hold.
}{ $unsent ->
    [0] {""}
    [one] {" "}One change is unsent.
   *[other] {" "}{ $unsent } changes are unsent.
} Everything comes back as it was.
locked-idle = { $minutes ->
    [one] Locked by itself after a minute without a key. No citizen’s name or number is shown here.
   *[other] Locked by itself after { $minutes } minutes without a key. No citizen’s name or number is shown here.
}
locked-demanded = The office asked for this window to be locked. No citizen’s name or number is shown here.
locked-asked = You locked it. No citizen’s name or number is shown here.
locked-unlock = Unlock
locked-opening = Signing in …
locked-someone-else = Someone else

# How many keys the most frequent deeds take (`?`).
key-counts = Keys it takes
key-count = { $count ->
    [one] 1 key
   *[other] { $count } keys
}
key-count-with-letters = { $count } keys + letters
key-count-letters = letters
key-count-find = Find a citizen
key-count-reveal = Show a CPR number
key-count-register = Register a contact
key-count-register-all = Register, everything changed
key-count-hand-over = Hand over
slab-faces-you = Screen faces you
