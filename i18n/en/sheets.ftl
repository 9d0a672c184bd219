# Sheets: what is laid over a citizen's page to be filled in.
sheet-to = Goes to { $stand } · { $name }
sheet-leave = Leave
key-sheet-confirm = Done
key-sheet-leave = Leave; what is typed stays

sheet-wrap-up = Finish the contact
sheet-wrap-up-verb = Finish
sheet-letter = Ask for what is missing in one letter
sheet-letter-verb = Send the letter
sheet-handover = Hand over
sheet-handover-verb = Hand over
sheet-verify = Who is calling?
sheet-verify-verb = It is the citizen

# The wrap-up, the hand-over and the verification of a caller.
sheet-nobody-signed-in = It is not known who is signed in. What you chose stays here; sign in and try again.
sheet-not-kept = This could not be written down. What you chose stays here; try again.

for-whom-own = The citizen
for-whom-representative = Acts for the citizen
for-whom-relative = Relative, without power to act
for-whom-authority = Another authority

verified-not = Not checked
verified-document = Identity document seen
verified-mit-id = MitID
verified-questions = Questions answered
verified-known = Known to me

wrap-up-duration = Duration
wrap-up-since = since { $began }
wrap-up-lasted = from { $began } to { $left }
wrap-up-outcome = How did it end?
wrap-up-settled = Settled
wrap-up-must-send-papers = Must send papers
wrap-up-new-time = New time
wrap-up-passed-on = Passed on
wrap-up-referred = Referred elsewhere
wrap-up-no-outcome = Choose how it ended: press 1 to 5.
wrap-up-channel = Channel
wrap-up-subjects = About
wrap-up-situation = Life situation
wrap-up-no-situation = None
wrap-up-for-whom = For whom
wrap-up-verified = Identity
wrap-up-line = One line
wrap-up-line-hint = For the next colleague, if needed
wrap-up-too-long = At most 500 characters.
wrap-up-add = Add a subject or a life situation
wrap-up-add-hint = Add a subject or a life situation
wrap-up-too-many = A contact has at most 12 subjects.
wrap-up-no-subject = There is nothing to choose here yet. Press A to add something.
wrap-up-found-subject = Subject
wrap-up-found-situation = Life situation
wrap-up-found-nothing = Nothing of that name.
wrap-up-hint-hand-over = Nothing was handed over in this visit.
wrap-up-hint-letter = No letter asked for papers in this visit.
wrap-up-hint-book = No time was booked in this visit. Leave with Esc and book with B.
wrap-up-key-channel = Next channel
wrap-up-key-down = Subject below
wrap-up-key-up = Subject above
wrap-up-key-subject = Choose the subject, or leave it out
wrap-up-key-situation = Next life situation
wrap-up-key-for-whom = Next: for whom
wrap-up-key-verified = How identity was checked
wrap-up-key-take = Take what was found
wrap-up-key-line = Write the line
wrap-up-key-add = Add a subject

handover-to = To
handover-to-hint = Name of a colleague or a unit
handover-whoever-is-there = Whoever is on duty
handover-no-receiver = Choose who takes over.
handover-nobody-found = Nobody of that name.
handover-units-only = Colleagues could not be fetched. You can hand over to a unit.
handover-what = What it is about
handover-what-hint = What the receiver must know
handover-nothing-said = Say what it is about: the receiver must not have to ask the citizen again.
handover-too-long = That is too long: 1,000 characters at most, 500 for an answer.
handover-answer-hint = The unit asks this before it takes over
handover-unanswered = The unit asks this. Answer it, or say that it is not known.
handover-not-known-answer = Not known
handover-all-answered = Everything is answered.
handover-promised = What the citizen was promised
handover-promised-hint = Nothing
handover-goes-along = Goes along
handover-verified = Identity: { $how }
handover-cases = { $count ->
    [one] The case { $numbers }
   *[other] { $count } cases: { $numbers }
}
handover-missing = { $count ->
    [one] 1 missing paper: { $papers }
   *[other] { $count } missing papers: { $papers }
}
handover-key-another = Somebody else
handover-key-not-known = The rest is not known
handover-key-down = Receiver below
handover-key-up = Receiver above
handover-key-take = Choose the receiver

verify-how = Ask, listen, then compare. Never read an answer aloud.
verify-for-whom = Who is calling
verify-nobody-acts = Nobody is known to act for this citizen.
verify-questions = Questions
verify-children = What are the children called?
verify-address = What is the road and number at home?
verify-last-contact = When were you last in touch with us, and what about?
verify-open-case = Which case do you have with us?
verify-next-appointment = On which day is your next appointment?
verify-phone = What are the last digits of your phone number?
verify-hidden = Answer hidden
verify-should-say = Should say: { $answer }
verify-right = Right
verify-wrong = Wrong
verify-key-down = Question below
verify-key-up = Question above
verify-key-show = Show to compare
verify-show = Show
verify-key-hide = Hide
verify-key-right = Right
verify-key-wrong = Wrong
verify-key-for-whom = The citizen, or somebody who acts for the citizen
verify-nothing-to-judge = There is no question to judge.
verify-needed = { $count ->
    [one] 1 more right answer is needed.
   *[other] { $count } right answers are needed, and none wrong.
}
verify-too-early = { $count ->
    [one] Not yet: 1 more right answer is needed.
   *[other] Not yet: { $count } right answers are needed.
}
verify-verified = Verified. Press Ctrl and Enter to go on.
verify-failed = Not verified. Give no information: ask the caller to come in person or to use MitID.

# The sheets for a note and a promise.
sheet-note = Write a note
sheet-note-verb = Save the note
sheet-note-change = Change the note
sheet-note-change-verb = Save the change
sheet-note-field = Note
sheet-note-hint = What must be known next time?
sheet-note-expires = Expires
sheet-note-until-ended = Holds until somebody ends it.
sheet-note-through = Holds through { $day }.
sheet-note-ends = Holds no more.
sheet-note-seen-by = Colleagues who open her see it. It is hidden when the screen is turned.
sheet-note-no-text = Write what is to be known.
sheet-too-long = It is longer than { $most } characters. Make it shorter.
sheet-day-hint = 30/6, +14, Friday
sheet-day-missing = Say which day.
sheet-day-not-understood = Write a day, for example 30/6, +14 or Friday.
sheet-day-none-such = The calendar has no such day.
sheet-day-past = That day is over. Choose today or later.
sheet-based-on-refused = The server did not accept what this is based on. Look under Unsent first.
key-note-kind = Attention or plain
key-note-end = End it now
sheet-promise = Promise something
sheet-promise-verb = Promise it
sheet-promise-field = What is promised
sheet-promise-hint = We call her about the decision
sheet-promise-due = Before the end of
sheet-promise-through = Kept in time through { $day }. After that it shows as overdue.
sheet-promise-no-text = Write what is promised.
sheet-promise-settle = Settle a promise
sheet-promise-was-due = Due { $day }
sheet-promise-kept-verb = It is kept
sheet-promise-withdraw-verb = Withdraw it
sheet-promise-reopen-verb = Open it again
sheet-promise-why = Say why it no longer holds.
sheet-promise-why-field = Why it no longer holds
sheet-promise-why-hint = She found the answer herself
sheet-promise-outcome-field = What came of it
sheet-promise-outcome-hint = May be left empty
promise-kept = Kept
promise-withdrawn = Withdrawn
promise-open-again = Open again
key-promise-in-1 = Tomorrow
key-promise-in-3 = In 3 days
key-promise-in-7 = In a week

# The letter.
sheet-letter-of = Ask for what { $case } is missing
sheet-letter-papers = Papers: { $ticked } of { $all }
sheet-letter-papers-name = Papers that the letter asks for
sheet-letter-paper-due = deadline { $day }
sheet-letter-language = Language
sheet-letter-unwritten = We have no letters in { $language }: this one is in English.
sheet-letter-channel = Sent as
sheet-letter-exempt = Exempt from Digital Post: goes as a letter.
sheet-letter-deadline = Answer by
sheet-letter-deadline-moved = { $day }, since the office is closed { $typed }
sheet-letter-due-before = { $case } is due before that: { $day }.
sheet-letter-text = The letter in { $language }
sheet-letter-text-hint = Tick a paper, or write the letter yourself
sheet-letter-danish = In Danish, to read along
sheet-letter-danish-as-made = In Danish, before you edited the text
sheet-letter-edited = You edited the text. Ticks, language and deadline no longer change it.
sheet-letter-not-edited = The text has not been edited.
sheet-letter-anew = Make it anew
sheet-letter-danish-word = Danish
sheet-letter-english-word = English
sheet-letter-german-word = German
sheet-letter-polish-word = Polish
sheet-letter-key-down = Paper below
sheet-letter-key-up = Paper above
sheet-letter-key-tick = Tick the paper, or not
sheet-letter-key-all = Tick all papers, or none
sheet-letter-key-language = Next language
sheet-letter-key-channel = Digital Post or letter
sheet-letter-key-anew = Make the text anew
sheet-letter-nothing-ticked = Tick at least one paper.
sheet-letter-too-many = One letter asks for 60 papers at most; { $count } are ticked. Send the rest in another one.
sheet-letter-changed = A paper came or was asked for while you wrote. Read the letter again, then send it.
sheet-letter-no-text = The letter is empty. Write it, or make it anew (R).
sheet-letter-too-long = The letter is { $by } characters too long. Shorten it.
sheet-letter-date-past = This day is past. Choose today or later.
sheet-letter-date-far = This is more than a year away. Choose a day within a year.
sheet-letter-nobody = We do not know yet who you are signed in as. Try again in a moment.

# A typed day.
date-empty = Type a day: 9/6, 9 Jun or +14.
date-not-a-date = That is not a day. Type it as 9/6, 9 Jun or +14.
date-no-such-day = There is no such day. Check the day and the month.
date-understood = = { $day }

# Life situations.
sheet-key-down = Line below
sheet-key-up = Line above
situation-which = Which life situation?
situation-find = Find a life situation
situation-find-hint = divorce, move, birth …
situation-none-known = The life situations are not known yet. Try again in a moment.
situation-none-fits = No life situation has these words. Type fewer of them.
situation-other = Another situation
situation-verb-choose = Go on
situation-verb-open = Open the situation
situation-verb-save = Save
situation-verb-decline = Decline
situation-verb-open-start = { $count ->
    [one] Open and start 1 case
   *[other] Open and start { $count } cases
}
situation-verb-save-start = { $count ->
    [one] Save and start 1 case
   *[other] Save and start { $count } cases
}
situation-since = Since, or planned for
situation-opened-by = opened by { $who }
situation-answers-unknown = What was answered before is not known yet.
situation-questions = Ask first
situation-answered = { $count } of { $all } answered
situation-follows = What usually follows
situation-nothing-follows = Nothing usually follows.
situation-lines = Questions and what follows
situation-yes = Yes
situation-no = No
situation-unsure = Not sure
situation-key-yes = Yes
situation-key-no = No
situation-key-unsure = Not sure
situation-key-toggle = Start or do not start
situation-key-dismiss = Does not follow
situation-key-reopen = It follows after all
situation-starts = Starts a case
situation-not-started = Not started
situation-perhaps = Perhaps, not started
situation-start-refused = Could not be started
situation-being-started = Starting
situation-started = There is a case
situation-reopened = Follows after all
situation-dismissed-by = { $who }: { $reason }
situation-does-not-follow = Does not follow: { $reason }
situation-elsewhere = { $who } handles it
situation-withheld = Hand over instead
situation-dismiss-reason = Why does it not follow?
situation-decline-reason = Why is it not opened?
situation-reason-hint = One line that a colleague understands
situation-reason-missing = Write why. A colleague reads it next time.
situation-reason-too-long = Use at most { $count } characters.
situation-close = Nothing more follows: close the situation
situation-not-known-yet = This is not known yet. Try again in a moment.

# A reported change.
change-which = What has changed?
change-none-known = The kinds of change are not known yet. Try again in a moment.
change-other = Another change
change-text = What does the citizen say?
change-from = From
change-verb = Report the change
change-verb-count = { $count ->
    [one] Report it to 1 place
   *[other] Report it to { $count } places
}
change-touches = Who must hear of it
change-hearing = { $count } of { $all } hear of it
change-touches-nothing = Nobody in the catalogue needs to hear of it.
change-touches-offline = Without a connection it is not known who must hear of it. It cannot be reported yet.
change-touches-unknown = Who must hear of it is not known yet. Ask again, then report it.
change-nobody-hears = Choose at least one who shall hear of it.
change-no-text = Write what the citizen says, in one line.
change-text-too-long = Use at most { $count } characters.
change-perhaps = Perhaps: { $because }
change-left-out = Left out
change-to-case = To case { $number }
change-to-open-case = To the open case
change-starts-case = Starts a case
change-key-choose = Choose
change-key-toggle = Hears of it or not

# Finishing an application on her behalf
sheet-application = Finish her application
sheet-application-verb = Send for her
sheet-application-began = Begun in self-service, { $day }
sheet-application-said = She has answered
sheet-application-papers = She has sent
sheet-application-recorded = The case shows that you sent it on her behalf. What is missing is asked for on the case.
sheet-application-gone = This application is not there any more: she may have sent it herself. Ask again with F5.
