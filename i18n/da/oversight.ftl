# At sige hvorfor, at åbne i nødstilfælde og teamlederens tilsyn.

nav-oversight = Tilsyn
key-go-oversight = Tilsyn
command-oversight = Gå til tilsynet
palette-do-look-ups = Se, hvem der har slået { $name } op

# At sige hvorfor
need-title = Skriv, hvorfor du åbner siden
need-protected = Navn og adresse er beskyttet. Hvert opslag kræver en grund.
need-own = Det er dig selv. Din egen sag hører til hos en kollega.
need-relative = Det er en af dine pårørende eller én i din husstand.
need-colleague = Det er en af dine kolleger.
need-out-of-context = Der er ikke fundet en billet, et opkald, en aftale eller en sag for borgeren.
need-basis = Du læser også andre forvaltningers oplysninger: angiv hjemlen.
need-reason = Opslaget kræver en grund.
need-choices = Hvad du er i gang med
need-kind-ticket = Ved skranken, uden billet
need-kind-call = I telefonen
need-kind-appointment = Om en aftale
need-kind-case = Arbejde på en sag eller en skriftlig henvendelse
need-kind-other = Noget andet, med mine egne ord
need-words = Flere ord
need-words-hint = Skriv, hvad det handler om
need-left = { $left } af { $most } tegn tilbage
need-no-words = Skriv, hvorfor du åbner siden.
need-too-long = Det er { $by ->
    [one] 1 tegn
   *[other] { $by } tegn
} for langt. Gør det kortere.
need-basis-label = Hjemmel
need-no-basis = Vælg hjemlen.
need-acknowledge-own = Jeg ved, at jeg åbner min egen side, og at min teamleder ser det
need-acknowledge-relative = Jeg ved, at jeg åbner én, der står mig nær, og at min teamleder ser det
need-acknowledge-colleague = Jeg ved, at jeg åbner en kollega, og at min teamleder ser det
need-not-acknowledged = Sæt kryds ved advarslen, eller overlad det til en kollega.
need-foot = Grunden står i loggen med dit navn.
need-open = Åbn
need-leave = Forlad
need-key-open = Åbn
need-key-leave = Forlad; intet er vist
need-key-acknowledge = Advarslen er set

basis-guidance = Borgeren spørger selv og vejledes
basis-application = En ansøgning behandles
basis-consent = Borgeren har givet samtykke
basis-statute = En lov siger det; jeg nævner den
basis-vital = Liv eller helbred er i fare

key-count-find-protected = Find en beskyttet borger og sig hvorfor

# At åbne i nødstilfælde
citizen-key-glass = Åbn i nødstilfælde
glass-title = Åbn { $department } i nødstilfælde?
glass-about = { $stand } · { $name }
glass-one-department = Åbner én forvaltnings sager om denne ene borger, kun for dig.
glass-minutes = Det lukker af sig selv efter { $minutes } minutter.
glass-reviewed = Din teamleder får besked nu og gennemgår det.
glass-department = Forvaltning
glass-words = Hvorfor det ikke kan vente
glass-words-hint = Hvad er der sket, og hvad er du nødt til at vide
glass-too-short = Skriv { $more ->
    [one] 1 tegn
   *[other] { $more } tegn
} mere.
glass-count-short = { $count } af mindst { $least } tegn
glass-count = { $count } af { $most } tegn
glass-verb = Åbn
glass-opening = Åbner …
glass-open-until = { $department } er åbnet til kl. { $time }. Din teamleder gennemgår det.
glass-not-your-role = Din rolle arbejder ikke med sager: bed en sagsbehandler om at åbne.
glass-nothing-withheld = Ingen forvaltning holder noget tilbage for din rolle her.
glass-offline = Uden forbindelse kan intet åbnes.
glass-source-name = { $tag }: ingen adgang i din rolle. Enter åbner i nødstilfælde

# Hvad der mangler
level-guidance = vejledning
level-rule-based = regelbundne afgørelser
level-judgement = fagligt skøn
lacks-role = Som { $role } arbejder du ikke med sager
lacks-department = Du har ingen kompetence i { $department }
lacks-task = Din kompetence i { $department } omfatter ikke denne opgave
lacks-level = Det kræver { $needs } i { $department }; din kompetence rækker til { $has }
lacks-expired = Din kompetence i { $department } udløb { $day }
lacks-begins = Din kompetence i { $department } begynder { $day }

# Dagens rolle
command-take-role = Arbejd som { $role } i dag
role-today-title = Din rolle i dag
role-taken = Du arbejder nu som { $role }.
role-not-taken = Din rolle er uændret. { $why }

# Tilsynet
oversight-title = Tilsyn
oversight-leaders-only = Tilsynet er til teamledere. Din er køen: Ctrl 1.
oversight-waiting-who = Tilsynet åbner, så snart det er kendt, hvem du er.
oversight-tab-log = Log
oversight-tab-emergencies = Nødstilfælde
oversight-tab-emergencies-count = Nødstilfælde ({ $count })
oversight-tab-rights = Rettigheder
oversight-log-name = Loggen, nyeste først
oversight-log-none = Der er ikke slået noget op i den tid.
oversight-log-none-such = Intet i loggen er sådan. Z viser alt igen.
oversight-log-kept = Ingen kan ændre eller slette en linje
oversight-glasses-name = Hvad der er åbnet i nødstilfælde
oversight-glasses-none = Ingen har åbnet noget i nødstilfælde.
oversight-rights-name = Hvem må hvad
oversight-rights-none = Her er ingen.
oversight-record-name = { $when }: { $who }, { $what }
oversight-glass-name = { $when }: { $who } åbnede { $department }. { $state }
oversight-right-name = { $name }, { $department }: { $standing }

oversight-head-when = Hvornår
oversight-head-who = Hvem
oversight-head-what = Hvad
oversight-head-whom = Om
oversight-head-why = Hvorfor
oversight-head-basis = Hjemmel
oversight-head-business = Anledning
oversight-head-place = Hvorfra
oversight-head-outcome = Udfald
oversight-head-review = Gennemgang
oversight-head-citizen = Borger
oversight-head-department = Forv.
oversight-head-looks = Opslag
oversight-head-standing = Gyldighed
oversight-head-role = Rolle i dag
oversight-head-roles = Må også arbejde som
oversight-head-level = Rækker til
oversight-head-tasks = Opgaver
oversight-role = I rollen
oversight-case = Sag
oversight-note = Mere
# En del af en linje, midt i en sætning
oversight-note-glass = nødåbningen { $which }
oversight-seq = Linje i loggen
oversight-record = En linje i loggen
oversight-all-tasks = Hele forvaltningen

oversight-context-ticket = Billet
oversight-context-appointment = Aftale
oversight-context-case = Sag
oversight-context-call = Opkald
oversight-context-none = Ingen fundet
oversight-tie-own = Egen side
oversight-tie-relative = Pårørende
oversight-tie-colleague = Kollega
oversight-offline = Uden forbindelse
oversight-outcome-done = Udført
oversight-outcome-refused = Afvist

oversight-filter-citizen = Borger
oversight-filter-citizen-is = Om { $name }
oversight-filter-colleague = Kollega
oversight-filter-colleague-is = Af { $name }
oversight-filter-action = Hvad
oversight-filter-refused = Afvist
oversight-filter-out-of-context = Ingen anledning fundet
oversight-today = I dag
oversight-week = 7 dage
oversight-month = 30 dage
oversight-all-time = Hele loggen

oversight-count = { $count ->
    [one] 1 linje
   *[other] { $count } linjer
}
oversight-count-so-far = De nyeste { $count } linjer, ældre følger
oversight-glass-count = { $count ->
    [one] 1 nødstilfælde
   *[other] { $count } nødstilfælde
}
oversight-unreviewed = { $count ->
    [0] alle gennemgået
    [one] 1 ikke gennemgået
   *[other] { $count } ikke gennemgået
}
oversight-staff-count = { $count ->
    [one] 1 kollega
   *[other] { $count } kolleger
}
oversight-ends-count = { $count ->
    [one] 1 kompetence udløber inden for 30 dage
   *[other] { $count } kompetencer udløber inden for 30 dage
}
oversight-expired-count = { $count ->
    [one] 1 udløbet
   *[other] { $count } udløbet
}
oversight-several-count = { $count ->
    [one] 1 kollega har flere roller
   *[other] { $count } kolleger har flere roller
}

oversight-not-reviewed = Ikke gennemgået
oversight-justified = Berettiget
oversight-discussed = Drøftes
oversight-unjustified = Uberettiget
oversight-justified-means = Det var rigtigt at åbne.
oversight-discussed-means = I taler om det. Skriv, hvad I aftalte.
oversight-unjustified-means = Det var forkert og tages videre. Skriv hvorfor.
oversight-glass-title = { $department }, åbnet i nødstilfælde
oversight-glass-open = Åben
oversight-glass-span = { $from }–{ $until }
oversight-looks = { $count ->
    [one] 1 opslag
   *[other] { $count } opslag
}
oversight-reviewed-by = Gennemgået af { $name }, { $time }
oversight-review-title = Gennemgå et nødstilfælde
oversight-review-of = { $name } · { $department }
oversight-review-note = Hvad du fandt
oversight-review-hint = I ord, der kan læses senere
oversight-review-no-words = Skriv, hvad du fandt: det var ikke uden videre rigtigt.
oversight-review-verb = Gem gennemgangen
oversight-reviewing = Gemmer …

oversight-ends = Udløber { $day }
oversight-expired = Udløb { $day }
oversight-begins = Begynder { $day }
oversight-holds = Gælder
oversight-no-authority = Ingen kompetence
oversight-lock-title = Lås vinduerne hos { $name }?
oversight-lock-then = De låses straks og viser ingen borger. Det, der er skrevet, er gemt; et nyt login åbner dem igen.
oversight-lock-verb = Lås
oversight-lock-leave = Forlad
oversight-locking = Låser …
oversight-locked = Vinduerne hos { $name } låses nu
oversight-lock-own = Dit eget vindue låser du med Ctrl L.

oversight-export = Gem til borgeren (PDF)
oversight-export-writing = Gemmer …
oversight-export-title = Gem opslagene til borgeren
oversight-export-file = opslag
oversight-export-whose = Vælg først en borger: C
oversight-export-failed = Filen er ikke gemt. { $why }
oversight-exported = Gemt som { $name }, uden medarbejdernes navne
oversight-not-written = Den kunne ikke skrives der: vælg en anden mappe.

oversight-no-row = Intet er valgt
oversight-nobody-named = Linjen nævner ingen borger
oversight-no-more = Der er ikke noget ældre
oversight-key-log = Loggen
oversight-key-emergencies = Nødstilfælde
oversight-key-rights = Rettigheder
oversight-key-down = Næste linje
oversight-key-up = Forrige linje
oversight-key-details = Detaljer
oversight-key-citizen = Én borger
oversight-key-colleague = Denne kollega
oversight-key-action = Denne handling
oversight-key-refused = Afvist
oversight-key-out-of-context = Ingen anledning
oversight-key-span = Hvor langt tilbage
oversight-key-all = Vis alt
oversight-key-more = Ældre linjer
oversight-key-export = Gem til borgeren
oversight-key-open = Åbn borgeren
oversight-key-justified = Berettiget
oversight-key-discussed = Drøft det
oversight-key-unjustified = Uberettiget
oversight-key-lock = Lås vinduerne
oversight-key-ask-again = Spørg igen

# Hvad der blev gjort
audit-search = Søgte
audit-open-citizen = Åbnede en borger
audit-read-overview = Læste overblikket
audit-read-contacts = Læste henvendelser
audit-read-appointments = Læste aftaler
audit-reveal = Viste et skjult felt
audit-list-cases = Listede sager
audit-open-case = Åbnede en sag
audit-change-item = Vurderede et papir
audit-book = Bookede en tid
audit-change-appointment = Ændrede en aftale
audit-serve-ticket = Betjente en billet
audit-read-missing = Læste, hvad der mangler
audit-read-notes = Læste noter
audit-read-promises = Læste løfter
audit-read-situations = Læste livssituationer
audit-read-handovers = Læste overdragelser
audit-verify-caller = Bekræftede en, der ringer
audit-read-change = Læste, hvad en ændring berører
audit-write-note = Skrev en note
audit-write-promise = Gav eller afsluttede et løfte
audit-change-situation = Ændrede en livssituation
audit-start-case = Startede en sag
audit-report-change = Meldte en ændring
audit-ask-for-papers = Bad om papirer
audit-register-contact = Registrerede en henvendelse
audit-hand-over = Overdrog
audit-bring-document = Indsatte et dokument
audit-read-document = Læste et dokument
audit-change-document = Ændrede et dokuments brug
audit-take-in = Tog imod en levering
audit-read-applications = Læste halve ansøgninger
audit-assign-case = Fordelte en sag
audit-steer-case = Ændrede en sags gang
audit-say-facts = Oplyste fakta i en sag
audit-relate-cases = Knyttede sager sammen
audit-read-asks = Læste spørgsmål
audit-ask-colleague = Spurgte en kollega
audit-note-case = Skrev på en sag
audit-change-request = Ændrede en anmodning om papirer
audit-decide = Arbejdede på en afgørelse
audit-read-summary = Udskrev en sags side
audit-read-audit = Læste loggen
audit-read-access-log = Gemte opslag til borgeren
audit-read-rights = Læste, hvem der må hvad
audit-take-role = Tog en rolle
audit-break-glass = Åbnede i nødstilfælde
audit-review-break-glass = Gennemgik et nødstilfælde
audit-lock-session = Låste vinduer
audit-retain = Slettede, hvad der var gemt længe nok
