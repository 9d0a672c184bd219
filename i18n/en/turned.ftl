# What the citizen herself reads on the turned screen. No other person, no number, no note.

turned-greeting = Hello, { $name }
turned-intro = This is what we look at together today.
turned-ready = All papers are in order. Nothing more to bring.
turned-missing = We still need: { $papers }.
turned-missing-more = We still need: { $papers } and { $more } more.
turned-checking = We have what we need and are looking at it.
turned-in-progress = We are working on it. You do not have to do anything now.
turned-closed = Finished.
turned-appointment = Your time is { $day } at { $time }.
turned-more = There are { $count } more. Ask us.
turned-unknown = Not every department has answered yet. There may be more.
turned-nothing = We have nothing open about you here.
turned-fallback = We do not have this page in your language. Here it is in English.
turned-language = Language
turned-back = Turn back
turned-faces = Screen faces the citizen
turned-hidden = Hidden while turned: CPR number, address, notes, contacts, other citizens, search, deadlines of the authority
