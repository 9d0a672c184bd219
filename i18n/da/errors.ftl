# Hvad der gik galt: hvad der skete, hvad der er i behold, hvad man gør.

error-heading = Det kunne ikke hentes
error-ask-again = Spørg igen

error-offline = Der er ingen forbindelse til serveren. Det, du har gjort, er gemt og sendes, når forbindelsen er tilbage. Spørg igen med F5.
error-certificate = { $who ->
        [provider] Siden, hvor du logger på, kan ikke bevise, hvem den er
       *[server] Den, der svarer, kan ikke bevise at være sagsserveren
    }: { $why ->
        [unknown-issuer] certifikatet er ikke underskrevet af nogen, som der stoles på her
        [expired] certifikatet er udløbet
        [not-yet-valid] certifikatet gælder ikke endnu, eller computerens ur går for langsomt
        [wrong-name] certifikatet tilhører en anden server
       *[other] certifikatet kan ikke bruges
    }. Intet er sendt til den, og det, du har gjort, er gemt. Vent, og sig det til it-supporten; det kan ikke springes over.
error-timed-out = Serveren svarede ikke i tide. Intet af det, du har gjort, er gået tabt. Spørg igen med F5.
error-truncated = Forbindelsen blev afbrudt, før svaret var helt fremme. Intet af det, du har gjort, er gået tabt. Spørg igen med F5.
error-foreign = Noget andet end sagsserveren svarede ({ $status }). Intet er ændret. Spørg igen med F5; bliver det ved, så sig det til it-supporten.
error-garbage = Serverens svar kunne ikke læses. Intet er ændret. Spørg igen med F5; bliver det ved, så sig det til it-supporten.
error-too-large = Serverens svar var større, end det må være. Intet er ændret. Sig det til it-supporten.
error-signed-out = Du er ikke længere logget på. Det, du har gjort, er gemt. Log på igen.
error-no-server = Der blev ikke fundet en server. Det, du har gjort, er gemt og sendes, når der er en. Spørg igen med F5.
error-doorway = Det lykkedes ikke at finde serveren fra denne maskine. Det, du har gjort, er gemt. Spørg igen med F5; bliver det ved, så sig det til it-supporten.
error-request = Spørgsmålet kunne ikke stilles. Intet er sendt eller ændret. Sig det til it-supporten.

problem-malformed = Serveren kunne ikke læse spørgsmålet. Intet er ændret. Sig det til it-supporten.
problem-purpose-required = Serveren vil vide, hvorfor du spørger. Intet er vist. Find borgeren igen med Ctrl K, og angiv formålet.
problem-bad-cursor = Listen har ændret sig imens. Hent den igen med F5.
problem-key-missing = Ændringen kom uden sit nummer og er ikke foretaget. Sig det til it-supporten.
problem-unauthenticated = Serveren ved ikke længere, hvem du er. Det, du har gjort, er gemt. Log på igen.
problem-need-to-know = Der mangler en grund til at åbne. Intet er vist. Skriv, hvorfor du åbner, og prøv igen.
problem-forbidden = Din rolle giver ikke adgang til dette. Intet er ændret. Spørg en kollega, der må.
problem-not-found = Det findes ikke, eller din rolle må ikke se det. Intet er ændret.
problem-method-not-allowed = Serveren tilbyder ikke dette. Intet er ændret. Sig det til it-supporten.
problem-not-acceptable = Serveren kan ikke svare på den måde. Intet er ændret. Sig det til it-supporten.
problem-still-running = Den samme ændring er stadig undervejs. Den foretages kun én gang. Spørg igen med F5 om et øjeblik.
problem-slot-taken = Tiden er taget af en anden. Intet er booket. Tag en anden tid.
problem-already-exists = Det findes allerede med et andet indhold. Intet er ændret. Se, hvad der står nu.
problem-transition = Det kan ikke gøres fra den tilstand, det er i nu. Intet er ændret. Se, hvad der står nu.
problem-stale = En kollega har ændret det imens. Din ændring er gemt ved siden af og er ikke sendt. Se, hvad der står nu, og tag stilling.
problem-too-large = Det sendte er længere, end det må være. Intet er ændret. Gør det kortere.
problem-unsupported-media = Serveren kunne ikke læse det sendte. Intet er ændret. Sig det til it-supporten.
problem-invalid = Serveren tog ikke imod det skrevne. Intet er ændret. Se det igennem, og ret det.
problem-key-reused = Ændringen bærer nummeret på en anden og er ikke foretaget. Gør det igen.
problem-precondition-required = Ændringen sagde ikke, hvad den bygger på, og er ikke foretaget. Spørg igen med F5, og gør det igen.
problem-headers-too-large = Det sendte er længere, end det må være. Intet er ændret. Sig det til it-supporten.
problem-internal = Noget gik i stykker på serveren. Intet er ændret. Spørg igen med F5; bliver det ved, så sig det til it-supporten.
problem-no-department = Ingen forvaltning svarede. Deres sager er ukendte, ikke fraværende. Spørg igen med F5.
problem-department-down = Forvaltningen svarer ikke. Dens sager er ukendte, ikke fraværende. Spørg igen med F5.
problem-unavailable = Serveren kan ikke svare lige nu. Det, du har gjort, er gemt. Spørg igen med F5 om et øjeblik.
problem-department-slow = Forvaltningen var for længe om at svare. Dens sager er ukendte, ikke fraværende. Spørg igen med F5.
problem-unknown = Serveren afviste af en grund, der ikke er kendt her ({ $status }). Intet er ændret. Sig det til it-supporten.
