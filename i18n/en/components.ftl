# Words of the components themselves: states, sources, days.

app-name = Skranke

state-missing = Missing
state-requested = Requested
state-awaiting-citizen = Awaiting citizen
state-received = Received
state-in-progress = In progress
state-approved = Approved
state-ready = Ready to attend
state-rejected = Rejected
state-past-deadline = Past deadline
state-not-needed = Not needed
state-waived = Waived
state-closed = Closed
state-live = Live
state-not-answering = Not answering
state-no-access = No access
state-unsent = Done here, unsent
state-unsent-short = Unsent

source-waiting = asked
source-stale = not answering, shown as at { $time }
source-not-answering = not answering
source-no-access = no access in your role

day-today = Today
day-tomorrow = Tomorrow
day-yesterday = Yesterday

button-busy = { $label } …
chip-affected-name = Open { $title }, { $reason }
checklist-item-name = { $title }, { $state }
toast-undo = Undo
toast-undo-name = Undo: { $what }
palette-name = Find a citizen, a case or a command
slab-find = Name, CPR, phone, address, case
slab-find-short = Find
slab-find-name = Find
