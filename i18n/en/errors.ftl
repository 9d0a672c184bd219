# What went wrong: what happened, what is safe, what to do.

error-heading = This could not be fetched
error-ask-again = Ask again

error-offline = There is no connection to the server. What you have done is kept and is sent when the connection is back. Ask again with F5.
error-certificate = { $who ->
        [provider] The sign-in page cannot prove who it is
       *[server] Whoever answers cannot prove to be the case server
    }: { $why ->
        [unknown-issuer] nobody who is trusted here has signed its certificate
        [expired] its certificate has run out
        [not-yet-valid] its certificate is not valid yet, or the clock of this computer is slow
        [wrong-name] its certificate belongs to another server
       *[other] its certificate cannot be used
    }. Nothing was sent to it, and what you have done is kept. Wait, and tell your IT support; it cannot be skipped.
error-timed-out = The server did not answer in time. Nothing you have done is lost. Ask again with F5.
error-truncated = The connection broke before the answer was complete. Nothing you have done is lost. Ask again with F5.
error-foreign = Something other than the case server answered ({ $status }). Nothing was changed. Ask again with F5; if it stays so, tell your IT support.
error-garbage = The server's answer could not be read. Nothing was changed. Ask again with F5; if it stays so, tell your IT support.
error-too-large = The server's answer was larger than it may be. Nothing was changed. Tell your IT support.
error-signed-out = You are no longer signed in. What you have done is kept. Sign in again.
error-no-server = No server was found. What you have done is kept and is sent when there is one. Ask again with F5.
error-doorway = Looking for the server failed on this machine. What you have done is kept. Ask again with F5; if it stays so, tell your IT support.
error-request = The question could not be put. Nothing was sent or changed. Tell your IT support.

problem-malformed = The server could not read the question. Nothing was changed. Tell your IT support.
problem-purpose-required = The server wants to know why you ask. Nothing was shown. Find the citizen again with Ctrl K and give the purpose.
problem-bad-cursor = The list has changed meanwhile. Ask for it again with F5.
problem-key-missing = The change came without its number and was not made. Tell your IT support.
problem-unauthenticated = The server does not know who you are any more. What you have done is kept. Sign in again.
problem-need-to-know = A reason for opening is missing. Nothing was shown. Write why you open, and try again.
problem-forbidden = Your role does not allow this. Nothing was changed. Ask a colleague who may.
problem-not-found = There is no such thing, or none that your role may see. Nothing was changed.
problem-method-not-allowed = The server does not offer this. Nothing was changed. Tell your IT support.
problem-not-acceptable = The server cannot answer in that form. Nothing was changed. Tell your IT support.
problem-still-running = The same change is still under way. It is made only once. Ask again with F5 in a moment.
problem-slot-taken = Somebody has taken that time. Nothing was booked. Take another time.
problem-already-exists = It is there already, with other content. Nothing was changed. Look at what stands now.
problem-transition = This cannot be done from the state it is in now. Nothing was changed. Look at what stands now.
problem-stale = A colleague changed it meanwhile. Yours is kept beside it and is not sent. Look at what stands now and decide.
problem-too-large = What was sent is longer than it may be. Nothing was changed. Make it shorter.
problem-unsupported-media = The server could not read what was sent. Nothing was changed. Tell your IT support.
problem-invalid = The server did not accept what was written. Nothing was changed. Look at it again and mend it.
problem-key-reused = The change carries the number of another one and was not made. Make it again.
problem-precondition-required = The change did not say what it builds on and was not made. Ask again with F5 and make it again.
problem-headers-too-large = What was sent is longer than it may be. Nothing was changed. Tell your IT support.
problem-internal = Something broke at the server. Nothing was changed. Ask again with F5; if it stays so, tell your IT support.
problem-no-department = No department answered. Their cases are unknown, not absent. Ask again with F5.
problem-department-down = The department does not answer. Its cases are unknown, not absent. Ask again with F5.
problem-unavailable = The server cannot answer just now. What you have done is kept. Ask again with F5 in a moment.
problem-department-slow = The department took too long. Its cases are unknown, not absent. Ask again with F5.
problem-unknown = The server refused for a reason that is not known here ({ $status }). Nothing was changed. Tell your IT support.
