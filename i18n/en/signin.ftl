# Signing in at an office, the lock there, the PIN, the passphrase, signing out.

signin-title = Sign in
signin-lead = Your browser opens the municipality’s own sign-in. When you are done there, Skranke goes on by itself.
signin-verb = Sign in
signin-resuming = Looking for your sign-in
signin-wait = It takes a moment.
signin-leaving = Signing out
signin-left = Your sign-in is given back to the municipality’s sign-in service.
signin-waiting-title = Waiting for the browser
signin-waiting = Sign in there; Skranke comes back by itself. It waits until { $time }.
signin-by-hand = No browser could be opened here. Open this address in a browser on this machine yourself; Skranke waits until { $time }.
signin-copy-address = Copy the address
signin-cancel = Cancel
signin-kept = Your sign-in is kept in this machine’s keyring until you sign out.
signin-each-time-missing = You sign in each time Skranke starts: this machine has no keyring that could keep your sign-in safe.
signin-each-time-locked = You sign in each time Skranke starts: this machine’s keyring is locked, so nothing can be kept in it.
signin-each-time-failed = You sign in each time Skranke starts: this machine’s keyring refused to keep your sign-in.

signin-error-offline = The sign-in service cannot be reached. Nothing is lost. Check the network and try again.
signin-error-provider = The sign-in service gave an answer that cannot be used ({ $reason }). Try again; if it happens again, tell your support.
signin-error-refused = You were not signed in: the browser came back with a no. Try again, or ask your support if you should have access.
signin-error-browser = No browser could be opened on this machine. Tell your support which browser you use.
signin-error-somebody-else = Somebody else signed in. This window is { $name }’s and stays locked. Sign in as { $name }, or choose “Someone else”.
signin-error-timed-out = Nobody came back from the browser in time. Try again.
signin-error-machine = Something on this machine is in the way ({ $reason }). Try again; if it happens again, tell your support.
signin-error-not-known-here = Your sign-in is good, but the case system does not know you. Ask your team leader to have your access set up, then sign in again.
signin-error-not-told = You are signed out here, but the sign-in service could not be told. Close your browser too.

signin-closed-nothing = Without a connection nothing of anybody can be opened on this machine: nobody was signed in here, or she signed out.
signin-closed-no-pin = What you saw on this machine stays closed until you can sign in: you chose no PIN that opens it without a connection.
signin-closed-pin-spent = The PIN was wrong five times. What you saw on this machine stays closed until you can sign in.
signin-closed-too-old = You were last signed in here more than a week ago. What you saw on this machine stays closed until you can sign in.

signin-keep-title = How is unsent work kept?
signin-keep-lead = This machine has no keyring to keep a key in. Choose a passphrase, and what is not sent yet is kept here, sealed. You are asked for it each time you sign in.
signin-words = Passphrase
signin-words-again = Once more
signin-keep-verb = Use this passphrase
signin-keep-nothing = Keep nothing
signin-keep-nothing-what = If nothing is kept, nothing can be changed while the connection is down.
signin-words-title = Your passphrase
signin-words-lead = It opens what was not sent when you were here last.
signin-words-verb = Open
signin-words-trying = Opening …
signin-words-forgot = I forgot it
signin-words-offline = There is no connection, so nobody can sign in. If you chose a passphrase on this machine, it opens what you saw here, what is not sent and what you had half written.
signin-words-wrong = That is not the passphrase you chose on this machine. Nothing was changed. Try again.
signin-words-failed = The passphrase could not be tried: this machine’s disk refuses. Nothing was changed. Try again, or tell your support.
signin-words-short = Choose { $count } characters or more: three or four words are easy to remember.
signin-words-differ = The two are not the same. Type both again.
signin-not-kept = Nothing was changed. There is no connection, and nothing unsent is kept safe on this machine, so it waits until the connection is back. What you typed is still there.
forget-title = Choose another passphrase?
forget-then = What was kept with the forgotten one stays closed for good. It is set aside, not deleted.
forget-verb = Choose another
forget-stay = Keep trying

locked-ended = Your sign-in has ended, so the window locked. What you had open and typed is still here: sign in again. No citizen’s name or number is shown here.
locked-restarted-waits = { $name } was signed in when Skranke ended. What was seen on this machine, what is not sent and what was half written is still here.
locked-restarted = Skranke started and could ask nobody. No citizen’s name or number is shown here.
locked-how = Unlocking opens the browser, where you sign in again.
locked-sign-in-instead = Sign in
locked-pin = PIN
locked-pin-hint = PIN
locked-pin-why = There is no connection, so your PIN opens the window.
locked-pin-wrong = { $left ->
    [0] That was not your PIN, five times. Only signing in opens the window now.
    [one] That is not your PIN. One try is left.
   *[other] That is not your PIN. { $left } tries are left.
}
locked-pin-not-tried = The PIN could not be tried: this machine’s disk refuses. Sign in instead.

settings-pin = PIN without connection
pin-title = PIN for the lock
pin-what = While there is no connection, your PIN opens the lock. With a connection you sign in. After five wrong tries only signing in helps.
pin-digits = PIN, 4 to 8 digits
pin-again = PIN once more
pin-keep = Keep this PIN
pin-leave = Leave it
pin-drop = No PIN any more
pin-shape = A PIN is 4 to 8 digits.
pin-differs = The two are not the same.
pin-none = None chosen
pin-set = Chosen
pin-choose = Choose …
pin-change = Change …
pin-kept = Your PIN opens the lock while there is no connection
pin-dropped = There is no PIN any more
pin-not-kept = The PIN could not be kept, so what was before still holds: { $why }

key-sign-out = Sign out
signout-title = Sign out?
signout-then = { $unsent ->
    [0] Everything of yours closes on this machine. Half-written text comes back when you sign in here again.
    [one] 1 change is not sent: it stays on this machine, sealed, and is sent when you sign in again.
   *[other] { $unsent } changes are not sent: they stay on this machine, sealed, and are sent when you sign in again.
}
signout-then-lost = { $unsent ->
    [one] 1 change is not sent, and this machine cannot keep it safe. It would be lost.
   *[other] { $unsent } changes are not sent, and this machine cannot keep them safe. They would be lost.
}
signout-verb = Sign out
signout-stay = Stay
