# The list of cases.

cases-name = Cases
cases-all = All
cases-in-progress = In progress
cases-awaiting-citizen = Awaiting citizen
cases-ready = Ready for attendance
cases-closed = Closed
cases-head-status = Status
cases-head-department = Dept
cases-head-case = Case
cases-head-deadline = Deadline
cases-head-missing = Missing
cases-head-step = Next step
cases-head-responsible = Responsible
cases-deadline-name = deadline { $day }
cases-missing-name = missing: { $papers }
cases-missing-more = {", "}{ $count } more
cases-missing-count = { $count ->
    [one] 1 paper
   *[other] { $count } papers
}
cases-you = You
cases-step-citizen-sends = Citizen sends papers
cases-step-check = { $count ->
    [one] Check 1 new paper
   *[other] Check { $count } new papers
}
cases-step-book = Book a time
cases-step-attendance = Attend
cases-step-attendance-at = Attend { $day } { $time }
cases-step-decide = Decide
cases-step-issue = Issue
cases-none = There is no case that your role may see.
cases-none-in-column = No case stands here now. The arrows ← and → lead to the other lists.
cases-no-rows = There is no case in this list.
cases-more = Fetch more
cases-count = { $count ->
    [one] 1 case, all shown
   *[other] { $count } cases, all shown
}
cases-count-more = { $count } cases shown, more follow further down
cases-as-at = as at { $time }
cases-key-up = Up
cases-key-down = Down
cases-key-open = Open
cases-key-filter-before = Previous list
cases-key-filter-after = Next list
cases-key-page-up = Page up
cases-key-page-down = Page down
cases-key-first = First case
cases-key-last = Last case
cases-key-ask-again = Ask again
