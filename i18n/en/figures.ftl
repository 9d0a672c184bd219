# The figures for the team leader. Words between asterisks stand out.

figures-title = { $site }, { $of }
figures-all-departments = Citizen Service
figures-leaders-only = The figures are for team leaders. Yours is the queue: Ctrl 1.
figures-waiting-who = The figures open as soon as it is known who you are.
figures-counting = Counting …
figures-failed = The figures did not come.
figures-stale = Shown as at { $time }. { $why }
figures-nobody = Nothing was counted in this period.

figures-week = Week
figures-month = Month
figures-quarter = Quarter
figures-week-of = Week { $week }, { $year }
figures-quarter-of = { $quarter ->
    [1] 1st
    [2] 2nd
    [3] 3rd
   *[4] 4th
 } quarter { $year }
figures-month-name = { $month ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
}
figures-in-week = week { $week }
figures-in-quarter = { $quarter ->
    [1] the first quarter
    [2] the second quarter
    [3] the third quarter
   *[4] the fourth quarter
}
figures-compare-with = Compare: { $period }
figures-compare-nothing = Compare: off
figures-department-all = All departments
figures-earlier-name = Earlier
figures-later-name = Later
figures-counts = { $visits } visits · { $calls } calls · counted { $day } { $time }
figures-export = Export
figures-exporting = Exporting …
figures-exported = Saved as { $name }.
figures-export-failed = The file was not saved. { $why }
figures-not-written = It could not be written there: choose another folder.
figures-export-title = Save the figures

figures-say-rebooked = In { $period } *{ $count } people* had to come twice.
figures-say-rebooked-one = In { $period } *1 person* had to come twice.
figures-say-rebooked-more = In { $period } *more than { $count } people* had to come twice.
figures-say-rebooked-nobody = In { $period } *nobody* had to come twice.
figures-say-paper = *{ $count }* of them lacked a paper we could have asked for.
figures-say-paper-down = *{ $count }* of them lacked a paper we could have asked for, down from *{ $before }* in { $period }.
figures-say-paper-up = *{ $count }* of them lacked a paper we could have asked for, up from *{ $before }* in { $period }.
figures-say-paper-same = *{ $count }* of them lacked a paper we could have asked for, as many as in { $period }.
figures-say-waited = The middle visitor waited *{ $minutes } minutes*.
figures-say-waited-long = The middle visitor waited *{ $minutes } minutes*; *{ $count }* waited longer than { $long }.

figures-waiting-title = Waiting time
figures-waiting-within = { $percent } % called within { $aim } min. Visits by minutes waited
figures-waiting-plain = Visits by minutes waited
figures-waiting-foot = n = { $count }. The stronger bars are within the aim.
figures-median = median { $minutes }
figures-aim = aim { $minutes }
figures-ninetieth = 9 of 10 within { $minutes }
figures-few = Fewer than 5: too few to show.

figures-meetings-title = Meeting length
figures-meetings-sub = Middle visit, and where 8 of 10 fall. Minutes
figures-minutes = min
figures-n = n

figures-first-title = Settled at first contact
figures-first-sub = { $percent } % in week { $week }. Share of visits, scale from 0
figures-first-plain = Share of visits, week by week, scale from 0
figures-first-foot = No new contact on the same matter in 14 days. Open dots: not over yet.
figures-no-data = no data
figures-week-short = w { $week }
figures-week-long = week { $week }
figures-percent = { $percent } %

figures-rebooked-title = Had to come again
figures-rebooked-sub = { $count } rebookings. Line: { $period }
figures-rebooked-plain = { $count } rebookings
figures-rebooked-foot = Aim for “a paper was missing”: { $aim }.
figures-cause-own-wish = Citizen’s own wish
figures-cause-paper-missing = A paper was missing
figures-cause-no-interpreter = No interpreter
figures-cause-we-cancelled = We cancelled
figures-cause-wrong-counter = Wrong counter
figures-cause-missed = Did not come

figures-channels-title = Where people reach us, by life situation
figures-channels-sub = Inquiries in { $period }. The stronger, the more. Self-service counts finished forms only
figures-channel-counter = Counter
figures-channel-phone = Phone
figures-channel-digital-post = Digital Post
figures-channel-self-service = Self-service
figures-channel-letter = Letter
figures-channel-email = E-mail
figures-channel-sms = Text message
figures-all = All

figures-booked-title = Booked share
figures-booked-sub = Visits at a booked time, of a hundred
figures-booked-foot = Aim: { $aim } % booked.
figures-stands-title = Stands
figures-stands-sub = Visits that a stand took, of a hundred
figures-stands-time = Half use a stand for up to { $median } min, 9 of 10 for up to { $ninetieth } min.
figures-stands-time-few = Too few used a stand to say how long it takes.
figures-before = { $period }: { $percent } %
figures-today-title = Today
figures-today-sub = As at { $time }
figures-today-waiting = Waiting now
figures-today-longest = Longest wait
figures-today-served = Served today
figures-today-booked = Booked share
figures-today-open = Counters open
figures-today-of = { $open } of { $all }
figures-today-minutes = { $minutes } min

figures-foot-few = Fewer than 5 is shown as <5.
figures-foot-nobody = Nothing is counted per employee.
figures-foot-gap = { $department } sent no data { $from }–{ $to }: week { $week } is left open, not estimated.
figures-foot-begins = Nothing was counted before { $day }: { $period } cannot be compared.

figures-table-minutes = Minutes
figures-table-visits = Visits
figures-table-matter = Matter
figures-table-tenth = 1 of 10
figures-table-median = Half
figures-table-ninetieth = 9 of 10
figures-table-week = Week
figures-table-share = Share
figures-table-state = State
figures-table-cause = Cause
figures-table-count = Count
figures-table-provisional = 14 days still run
figures-table-counted = Counted
figures-table-few = Fewer than 5
figures-table-measure = Measure
figures-table-now = In { $period }
figures-table-aim = Aim
figures-chart-name = { $title }. { $sub }
figures-table-name = Table: { $title }. { $sub }

figures-key-week = Weeks
figures-key-month = Months
figures-key-quarter = Quarters
figures-key-earlier = Earlier
figures-key-later = Later
figures-key-compare = Compare
figures-key-department = Department
figures-key-site = Site
figures-key-table = Table
figures-key-previous-chart = Chart before
figures-key-next-chart = Next chart
figures-key-export = Export
figures-key-ask-again = Count again
