# The board of cases and its table.

cases-name = Cases
cases-board = Board
cases-table = Table
cases-in-progress = In progress
cases-awaiting-citizen = Awaiting citizen
cases-ready = Ready for attendance
cases-closed-week = Closed this week

cases-scope-mine = Mine
cases-scope-team = Team { $team }
cases-scope-all = All
cases-menu-situation = Life situation
cases-menu-department = Department
cases-menu-due = Deadline
cases-menu-missing = Missing
cases-menu-responsible = Responsible
cases-menu-municipality = Municipality
cases-menu-sort = Sort
cases-menu-views = Views
cases-any = Any
cases-choice-count = { $title } ({ $count })
cases-due-past = Past
cases-due-today = Today
cases-due-week = Within 7 days
cases-due-none = No deadline
cases-missing-something = Something is missing
cases-missing-nothing = Nothing is missing
cases-missing-to-check = New papers to check
cases-missing-waited = Asked over 7 days ago
cases-narrow = Narrow the list
cases-sort = Sort
cases-sort-oldest = oldest first
cases-sort-newest = newest first
cases-sort-deadline = deadline first
cases-sort-latest = deadline last
cases-sort-by = Sort by { $column }

cases-past-deadline = { $count ->
    [one] 1 past deadline
   *[other] { $count } past deadline
}
cases-came = { $count ->
    [one] 1 case got papers overnight
   *[other] { $count } cases got papers overnight
}
cases-waited = { $count ->
    [one] 1 has waited on the citizen over 7 days
   *[other] { $count } have waited on the citizen over 7 days
}
cases-crossing = { $count ->
    [one] 1 deadline within 7 days
   *[other] { $count } deadlines within 7 days
}
cases-moved = { $count ->
    [one] 1 case moved
   *[other] { $count } cases moved
}
cases-age-legend = Age, days
cases-age-over = over { $days }
cases-age = { $days } d
cases-age-name = { $days ->
    [one] 1 day old
   *[other] { $days } days old
}

cases-head-status = Status
cases-head-department = Dept
cases-head-case = Case
cases-head-number = Number
cases-head-citizen = Citizen
cases-head-situation = Situation
cases-head-age = Age, d
cases-head-deadline = Deadline
cases-head-missing = Missing
cases-head-step = Next step
cases-head-responsible = Resp.
cases-head-municipality = Municipality
cases-deadline-name = deadline { $day }
cases-missing-name = missing: { $papers }
cases-responsible-name = responsible: { $name }
cases-missing-more = {", "}{ $count } more
cases-missing-count = { $count ->
    [one] 1 paper
   *[other] { $count } papers
}
cases-days-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
cases-not-booked = not booked
cases-line-check = { $count ->
    [one] New paper to check
   *[other] { $count } new papers to check
}
cases-line-no-time = Approved, no time booked
cases-line-approved = { $settled } of { $all } in order
cases-line-rests = Rests
cases-step-citizen-sends = Citizen sends papers
cases-step-asked = Asked { $day }
cases-step-reminder = Reminder { $day }
cases-step-check = { $count ->
    [one] Check new paper
   *[other] Check { $count } new papers
}
cases-step-book = Book a time
cases-step-attendance = Attend
cases-step-attendance-today = Attend { $time }
cases-step-decide = Decide
cases-step-issue = Issue

cases-none = There is no case here. All shows the cases of everybody.
cases-none-filtered = No case matches. Take a filter away, or empty the field.
cases-none-here = None
cases-no-rows = There is no case to act on.
cases-nothing-to-book = None of these cases needs a time, or all have one.
cases-left = { $count ->
    [one] 1 more
   *[other] { $count } more
}
cases-more = Fetch more
cases-looked-through = { $count ->
    [one] 1 case looked through
   *[other] { $count } cases looked through
}
cases-look-further = Look through more
cases-shown = { $shown } of { $all } shown
cases-foot-in-progress = in progress
cases-foot-awaiting = awaiting citizen
cases-foot-ready = ready
cases-foot-closed = closed this week
cases-foot-median = median age

cases-peek = At a glance
cases-peek-nothing = Nothing
cases-peek-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
cases-peek-no-step = Nothing more to do
cases-peek-last = Last change
cases-peek-changed = { $time }
cases-peek-changed-by = { $time }, { $name }

cases-weather = Deadlines this week
cases-weather-today = Today
cases-weather-none = No case crosses a deadline within 7 days.
cases-weather-more = { $count ->
    [one] and 1 more: filter by deadline to see it
   *[other] and { $count } more: filter by deadline to see them
}
cases-effort-decide = Decide
cases-effort-check = { $count ->
    [one] Check 1 paper
   *[other] Check { $count } papers
}
cases-effort-book = Book a time
cases-effort-remind = Remind the citizen
cases-effort-ask = { $count ->
    [one] Ask for 1 paper
   *[other] Ask for { $count } papers
}
cases-effort-extend = Give it more time

cases-view-save = Save this view
cases-view-overwrite = Save over “{ $name }”
cases-view-rename = Rename “{ $name }”
cases-view-delete = Delete “{ $name }”
cases-view-key = Key { $key }
cases-name-save = Save this view
cases-name-rename = Rename the view
cases-name-then = The view keeps filters, order, layout and columns. Alt 1 to Alt 9 open views.
cases-name-field = Name of the view
cases-name-verb = Save
cases-name-empty = Give the view a name.
cases-name-long = The name is too long. Use at most 40 characters.
cases-name-taken = You have a view with that name already.
cases-name-many = You have nine views already. Delete one first.
cases-width-narrow = narrow
cases-width-usual = usual
cases-width-wide = wide

cases-marked = { $count ->
    [one] 1 selected
   *[other] { $count } selected, { $citizens } { $citizens ->
        [one] citizen
       *[other] citizens
    }
}
cases-nobody = Nobody
cases-nobody-then = whoever takes it next
cases-assign-title = { $count ->
    [one] Assign 1 case
   *[other] Assign { $count } cases
}
cases-assign-who = To whom
cases-assign-hint = Name, initials or department
cases-assign-looking = Looking for colleagues
cases-assign-none = Nobody is called that. Check the spelling.
cases-assigned = { $count ->
    [one] 1 case assigned to { $name }
   *[other] { $count } cases assigned to { $name }
}
cases-released = { $count ->
    [one] 1 case released
   *[other] { $count } cases released
}
cases-ask-title = Ask for what is missing ({ $at } of { $all })
cases-ask-verb = Send
cases-ask-verb-next = Send and go on
cases-ask-next = Next citizen
cases-ask-previous = Citizen before
cases-ask-sent = This letter is on its way.
cases-ask-awaited = Her papers are being fetched.
cases-ask-nothing = Nothing is to be asked for: everything came, or was asked for already.
cases-ask-many = One letter asks for at most 60 papers. Open the case and ask for some of them.
cases-ask-no-text = Write what she must send.
cases-ask-long = The text is too long. Use at most 6,000 characters.
cases-ask-nobody = Wait until you are signed in, then send again.
cases-ask-days = { $days } days
cases-ask-by = By { $day }
cases-ask-papers = Asks for: { $papers }
cases-ask-text = The letter
cases-ask-danish = In Danish
cases-ask-anew = Write anew

cases-key-up = Up
cases-key-down = Down
cases-key-left = Column before
cases-key-right = Next column
cases-key-open = Open
cases-key-take = Choose
cases-key-mark = Select
cases-key-assign = Assign
cases-key-ask = Ask for missing
cases-key-book = Book
cases-key-clear = Clear
cases-key-clear-narrow = Empty the field
cases-key-peek = Peek
cases-key-layout = Board / table
cases-key-weather = Deadlines this week
cases-key-sort = Sort
cases-key-views = Views
cases-key-view = Saved view
cases-key-columns = Columns
cases-key-column-shown = Show or hide
cases-key-column-before = Move up
cases-key-column-after = Move down
cases-key-column-width = Width
cases-key-undo = Undo
cases-key-page-up = Page up
cases-key-page-down = Page down
cases-key-first = First case
cases-key-last = Last case
cases-key-ask-again = Ask again
