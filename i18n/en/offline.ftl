# Without a line: the pill on the slab, the line of sources, the panel beside a citizen, what waits.

offline-pill = { $unsent ->
    [0] Offline
   *[other] Offline · { $unsent } unsent
}
offline-pill-name = { $unsent ->
    [0] Offline since { $time }. Show the outbox
    [one] Offline since { $time }, { $unsent } change unsent. Show the outbox
   *[other] Offline since { $time }, { $unsent } changes unsent. Show the outbox
}
offline-sources = No connection: all data is kept, seen { $time }

offline-panel = Outbox
offline-unsent = { $count ->
    [0] nothing unsent
   *[other] { $count } unsent
}
offline-lost = Connection lost { $time }.
offline-kept = What you do is kept encrypted on this machine and sent in this order when the network is back.
offline-not-kept = This machine cannot keep what you do, so nothing can be changed until the network is back.
offline-next = Trying again in { $time }.
offline-trying = Trying again now.
offline-entry = { $number }. { $what }
offline-quote = “{ $text }”
offline-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
offline-open-outbox = Open the outbox
offline-try = Try now
key-try-now = Try the connection now

offline-can = Offline you can
offline-can-read = { $count ->
    [0] Read what is open in this window
    [one] Read { $count } citizen opened on this machine
   *[other] Read the { $count } citizens opened on this machine
}
offline-can-write = Write notes, register contacts, judge papers
offline-can-half = Go on with what you were writing
offline-cannot = Not before the network is back
offline-cannot-decide = Decide, approve or issue
offline-cannot-book = Book or move appointments
offline-cannot-find = Find citizens not opened on this machine

offline-waits-decide = The connection is lost, and a decision needs it. What you wrote is still here; decide when the network is back.
offline-waits-book = The connection is lost, so nobody knows which times are free. What you wrote is still here; book when the network is back.
offline-waits-move = The connection is lost, so nobody knows which times are free. Nothing was moved; try again when the network is back.
offline-waits-hold = The connection is lost, so no time can be held. Try again when the network is back.

palette-kept = No connection: only citizens opened on this machine can be found.
palette-kept-none = Nobody by that name was opened on this machine. Everyone else can be found when the network is back.
