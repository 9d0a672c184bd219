# The page while nobody is open.

start-key-ask-again = Ask again
start-nothing-to-ask = There is nothing to ask again here.

start-morning = Good morning, { $name }
start-afternoon = Good afternoon, { $name }
start-evening = Good evening, { $name }
start-next = The next citizen is booked for { $time }.
start-next-in = { $minutes ->
    [one] The next citizen is booked for { $time }, in 1 minute.
   *[other] The next citizen is booked for { $time }, in { $minutes } minutes.
}
start-next-now = A citizen is booked for { $time }.
start-papers-approved = { $count ->
    [one] The paper is approved.
   *[other] All { $count } papers are approved.
}
start-papers-open = { $count ->
    [one] 1 paper is still missing.
   *[other] { $count } papers are still missing.
}
start-papers = { $open } of { $due } missing
start-nobody-booked = Nobody more is booked at this counter today.
start-look-up = Find a citizen by name, CPR number, phone, address or case number.
start-or-look-up = Look someone up
start-no-case = No case chosen
start-training = Training municipality: every citizen here is invented.

start-role-host = Host
start-role-clerk = Front-desk clerk
start-role-caseworker = Caseworker
start-role-team-leader = Team leader
start-role-guest = Guest

start-finding = Looking for the server
start-finding-what = You can begin as soon as it answers.
start-signing-in = Signing you in
start-not-signed-in = You are not signed in yet
start-generating = Making the training municipality
start-generating-what = This is done once. Every citizen in it is invented.
start-generating-progress = { $done } of { $total } citizens
start-set-aside = The training data could not be read
start-set-aside-what = It was set aside, nothing was deleted. A new training municipality is being made. The old data is here:
start-failed = The server cannot be reached
start-failed-what = What you have done is kept on this machine. Ask again, or show this to your IT support:

# Visits that were left without a wrap-up, and what colleagues handed over.
unfinished-title = Not finished
unfinished-key = Finish
unfinished-when = { $began } to { $left }, not registered
unfinished-nameless = A citizen whose name was not known yet
inbox-title = Handed over to you
inbox-unknown = It is not known what was handed over to you
inbox-from = From { $name }, { $when }
inbox-refused = Not accepted, see Unsent
inbox-promised = Promised: { $what }
inbox-missing = Missing: { $papers }
inbox-not-now = This hand-over is further than that.
inbox-key-open = Open citizen
inbox-key-accept = Take it
inbox-key-done = Done
inbox-key-return = Send back
inbox-key-down = Hand-over below
inbox-key-up = Hand-over above
inbox-key-leave = Leave; what is typed stays
inbox-key-send = Send the answer
inbox-reply-done = What came of it
inbox-reply-returned = Why it goes back
inbox-reply-empty = Write a few words: the sender is to know what became of it.
inbox-reply-too-long = At most 1,000 characters.
handover-state-sent = Nobody has it yet
handover-state-accepted = Taken
handover-state-done = Done
handover-state-returned = Sent back
handover-state-withdrawn = Withdrawn
