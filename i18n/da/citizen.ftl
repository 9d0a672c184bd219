# Borgersiden.

citizen-key-down = Sagen under
citizen-key-up = Sagen over
citizen-key-open = Åbn sag
citizen-key-book = Book
citizen-key-facts = Alle oplysninger
citizen-key-contacts = Kontakter
citizen-key-cpr = Vis CPR-nummeret
citizen-key-address = Vis den beskyttede adresse
citizen-key-ask-again = Spørg igen
citizen-ask-again-name = Spørg igen, { $tag } svarer ikke
citizen-no-case-chosen = Vælg en sag først.
citizen-book-nobody-attends = Ingen behøver at møde op i denne sag.

citizen-cpr = CPR
citizen-age = Alder
citizen-address = Adresse
citizen-speaks = Taler
citizen-interpreter = Tolk
citizen-interpreter-needed = Nødvendig
citizen-interpreter-not-needed = Ikke nødvendig
citizen-acts = Handler for borgeren
citizen-acts-short = { $name } handler for borgeren
citizen-household = Husstand
citizen-adviser = Personlig rådgiver
citizen-born = Født
citizen-status = Status i CPR
citizen-municipality = Bopælskommune
citizen-ground = Opholdsgrundlag
citizen-civil-status = Civilstand
citizen-post = Post og digitale færdigheder
citizen-phone = Telefon
citizen-email = E-mail
citizen-relations = Familie og husstand
citizen-show = Vis
citizen-hide = Skjul
citizen-fetching = …
citizen-replacement-number = Erstatningsnummer
citizen-protected = Beskyttet
citizen-address-protected = Adresse beskyttet
citizen-not-aloud = Sig den ikke højt
citizen-no-address = Ingen kendt adresse
citizen-letters-only = Kun brev, ikke Digital Post
citizen-letters-short = Kun brev
citizen-digital-post = Får Digital Post
citizen-open-current = Åbn det gældende nummer
citizen-and-more = { $first } + { $count }
citizen-none = Ingen
citizen-not-known = Ukendt
citizen-fewer-facts = Færre oplysninger
citizen-facts-unknown = Der vides endnu intet om denne borger.
citizen-identity-unknown = Vi ved ikke, hvem det er
citizen-identity-old = Vist som kl. { $time }. { $why }
citizen-cpr-not-shown = CPR-nummeret er ikke vist. { $why }
citizen-address-not-shown = Adressen er ikke vist. { $why }

citizen-status-resident = Bopæl i Danmark
citizen-status-greenland = Bopæl i Grønland
citizen-status-tax-only = Kun skattenummer
citizen-status-not-registered = Ikke registreret endnu
citizen-status-annulled = Nummer annulleret
citizen-status-deleted = Nummer slettet
citizen-status-changed-number = Gammelt nummer
citizen-status-disappeared = Forsvundet
citizen-status-departed = Udrejst
citizen-status-dead = Død

citizen-ground-danish = Dansk statsborger
citizen-ground-nordic = Nordisk statsborger
citizen-ground-eu-worker = EU-borger, arbejdstager
citizen-ground-eu-student = EU-borger, studerende
citizen-ground-eu-self-employed = EU-borger, selvstændig
citizen-ground-eu-sufficient-funds = EU-borger, egne midler
citizen-ground-family = Familiemedlem
citizen-ground-permit = Opholdstilladelse

citizen-civil-unmarried = Ugift
citizen-civil-married = Gift
citizen-civil-divorced = Skilt
citizen-civil-widowed = Enke eller enkemand
citizen-civil-partnership = Registreret partnerskab

citizen-ability-unsure = Usikker, ønsker et menneske
citizen-ability-able = Klarer sig med hjælp
citizen-ability-routine = Vant til digital selvbetjening
citizen-ability-professional = Professionel

citizen-protection-name-and-address = Navn og adresse beskyttet
citizen-protection-local-directory = Ikke i lokal vejviser
citizen-protection-marketing = Ingen markedsføring
citizen-protection-research = Ingen forskning
citizen-protection-credit-warning = Kreditadvarsel

citizen-relation-spouse = ægtefælle
citizen-relation-partner = samlever
citizen-relation-child = { $count ->
    [one] barn
   *[other] { $count } børn
}
citizen-relation-parent = { $count ->
    [one] forælder
   *[other] { $count } forældre
}
citizen-relation-sibling = { $count ->
    [one] søskende
   *[other] { $count } søskende
}
citizen-relation-here = samme adresse
citizen-relation-elsewhere = et andet sted

citizen-acts-power-of-attorney = Fuldmagt
citizen-acts-guardian = Værge
citizen-acts-parent = Forælder med forældremyndighed
citizen-acts-until = { $what } til { $day }
citizen-acts-ended = { $what }, udløb { $day }

citizen-sources = { $live } af { $all } kilder svarer
citizen-sources-so-far = { $live } af { $all } kilder indtil nu
citizen-sources-asked = Spørger forvaltningerne
citizen-sources-unknown = Kilderne er ukendte
citizen-sources-offline = Ingen forbindelse
citizen-source-down = { $tag } svarer ikke ({ $status }).
citizen-source-slow = { $tag } var for længe om det ({ $status }).
citizen-source-error = { $tag } svarede med en fejl ({ $status }).
citizen-source-lost = { $tag } havde ikke svaret, da forbindelsen brød.
citizen-source-unknown-not-absent = Sager her er ukendte, ikke fraværende.
citizen-source-last-answer = Seneste svar { $time }.
citizen-overview-unknown = Sagerne er ukendte
citizen-overview-broke-off = Ikke alle forvaltninger kunne spørges

citizen-cases = Sager
citizen-other-cases = Andre sager
citizen-life-situation = Livssituation
citizen-still-asked = Svarer endnu
citizen-still-answering = { $count ->
    [one] 1 forvaltning mangler at svare
   *[other] { $count } forvaltninger mangler at svare
}
citizen-tags-unknown = { $tags } ukendt
citizen-tag-unknown = { $tag }, ukendt
citizen-late-count = { $count } over frist
citizen-nothing-missing = intet mangler
citizen-papers-missing = { $count ->
    [one] 1 papir mangler
   *[other] { $count } papirer mangler
}
citizen-since = fra { $day }
citizen-planned = planlagt { $day }
citizen-held-together = samles af { $who }
citizen-next-deadline = næste frist { $day }, { $tag }
citizen-no-case-here = Ingen sag
citizen-no-cases = Ingen kendte sager
citizen-no-cases-all = Alle forvaltninger har svaret.
citizen-no-cases-withheld = Alle forvaltninger, din rolle må spørge, har svaret. Vises ikke i din rolle: { $tags }.
citizen-also-affected = Også berørt
citizen-no-case-yet = Ingen sag endnu
citizen-affected-unknown = { $count ->
    [one] ukendt, så længe { $tags } ikke svarer
   *[other] ukendt, så længe { $tags } ikke svarer
}
citizen-affected-awaited = ikke alle har svaret

citizen-head-case-and-step = Sag og næste skridt
citizen-head-case = Sag
citizen-head-step = Næste skridt
citizen-head-responsible = Ansvarlig
citizen-head-deadline = Frist
citizen-head-missing = Mangler
citizen-head-status = Status
citizen-you = Dig
citizen-nobody = Ingen endnu
citizen-deadline-late = { $day }, over frist
citizen-deadline-none = ingen frist
citizen-missing-nothing = Intet
citizen-missing-at-visit = { $count } ved fremmødet
citizen-missing-more = { $count ->
    [one] , 1 mere
   *[other] , { $count } andre
}
citizen-missing-count = { $count ->
    [one] 1 papir
   *[other] { $count } papirer
}
citizen-next = Næste: { $step }
citizen-step-citizen-sends-papers = borgeren sender det, der mangler
citizen-step-check-papers = { $count ->
    [one] 1 modtaget papir skal ses
   *[other] { $count } modtagne papirer skal ses
}
citizen-step-book-attendance = book fremmøde
citizen-step-attendance = fremmøde
citizen-step-attendance-at = fremmøde { $when }
citizen-step-decide = afgørelse
citizen-step-issue = udsted det afgjorte
citizen-step-none = Intet mere at gøre

citizen-day-and-time = { $day } { $time }
citizen-next-appointment = Næste aftale
citizen-appointment-at = { $when }, { $counter }
citizen-no-appointment = Ingen booket
citizen-appointments-unknown = Aftalerne er ukendte
citizen-appointments-later = { $count ->
    [one] 1 mere senere
   *[other] { $count } flere senere
}
citizen-unsent-booking = { $when }, booket her, ikke sendt
citizen-papers-approved = { $count ->
    [one] Dokumentet er godkendt
   *[other] Alle { $count } dokumenter godkendt
}
citizen-papers-none-due = Ingen dokumenter kræves før fremmødet
citizen-papers-open = { $open } af { $due } dokumenter mangler endnu
citizen-part-old = Vist som kl. { $time }. { $why }
citizen-contacts = Kontakter
citizen-contacts-since = { $count } siden { $day }
citizen-contacts-unknown = Kontakterne er ukendte
citizen-no-contacts = Ingen kontakter endnu
citizen-contact-minutes = { $channel }, { $minutes } min.

citizen-channel-counter = Skranke
citizen-channel-phone = Telefon
citizen-channel-digital-post = Digital Post
citizen-channel-self-service = Selvbetjening
citizen-channel-letter = Brev
citizen-channel-email = E-mail
citizen-channel-sms = Sms

citizen-outcome-settled = Afsluttet
citizen-outcome-must-send-papers = Skal sende papirer
citizen-outcome-new-time = Ny tid
citizen-outcome-passed-on = Sendt videre
citizen-outcome-referred-elsewhere = Henvist til anden myndighed

# Sprog efter deres kode i ISO 639-1.
language-am = amharisk
language-ar = arabisk
language-bg = bulgarsk
language-bn = bengali
language-bs = bosnisk
language-cs = tjekkisk
language-da = dansk
language-de = tysk
language-el = græsk
language-en = engelsk
language-es = spansk
language-et = estisk
language-fa = persisk
language-fi = finsk
language-fo = færøsk
language-fr = fransk
language-he = hebraisk
language-hi = hindi
language-hr = kroatisk
language-hu = ungarsk
language-id = indonesisk
language-is = islandsk
language-it = italiensk
language-ja = japansk
language-ka = georgisk
language-kl = grønlandsk
language-km = khmer
language-ko = koreansk
language-ku = kurdisk
language-lt = litauisk
language-lv = lettisk
language-mk = makedonsk
language-ms = malajisk
language-nb = norsk
language-ne = nepali
language-nl = nederlandsk
language-no = norsk
language-pa = punjabi
language-pl = polsk
language-ps = pashto
language-pt = portugisisk
language-ro = rumænsk
language-ru = russisk
language-si = singalesisk
language-sk = slovakisk
language-sl = slovensk
language-so = somali
language-sq = albansk
language-sr = serbisk
language-sv = svensk
language-sw = swahili
language-ta = tamil
language-th = thai
language-ti = tigrinya
language-tl = tagalog
language-tr = tyrkisk
language-uk = ukrainsk
language-ur = urdu
language-vi = vietnamesisk
language-zh = kinesisk
citizen-no-case-of-theirs = Ingen sag i denne livssituation
citizen-key-note = Note
citizen-key-letter = Brev
citizen-key-situation = Livssituation
citizen-key-change = Meld ændring
citizen-key-handover = Overdrag
citizen-key-promise = Løfte
citizen-key-verify = Bekræft, hvem der ringer
citizen-key-finish = Afslut

# Forløbet: noter, løfter, tidslinje, kilderne én for én.
citizen-key-page-down = Længere ned
citizen-key-page-up = Længere op
citizen-key-first = Første sag
citizen-key-last = Sidste sag
citizen-sources-name = Kilder
citizen-source-name = { $tag }, { $state }
citizen-source-ask-name = { $tag }, { $state }. Spørg igen
citizen-notes = Noter
citizen-notes-unknown = Noterne kendes ikke
citizen-notes-hidden-when-turned = Skjult når skærmen er vendt
citizen-note-write = Skriv en note
citizen-note-expires = udløber { $day }
citizen-note-expired = udløb { $day }
citizen-notes-expired = { $count ->
    [one] 1 udløbet note
   *[other] { $count } udløbne noter
}
citizen-notes-fold = Fold udløbne noter sammen
note-kind-attention = Vigtig
note-kind-plain = Note
note-kind-attention-means = Står øverst for alle, der betjener borgeren.
note-kind-plain-means = En almindelig note.
citizen-promises = Løfter
citizen-promises-unknown = Løfterne kendes ikke
citizen-promises-settled = { $count ->
    [one] 1 afsluttet løfte
   *[other] { $count } afsluttede løfter
}
citizen-promises-fold = Fold afsluttede løfter sammen
citizen-promise-overdue = Over frist siden { $day }
citizen-promise-today = Frist i dag
citizen-promise-ahead = Frist { $day }
citizen-promise-kept = Holdt, frist var { $day }
citizen-promise-withdrawn = Trukket tilbage, frist var { $day }
citizen-promise-keep = Holdt
citizen-promise-keep-name = Løftet er holdt: { $text }
citizen-by-you = Du
citizen-acts-short-ends = Til { $day }: { $name }
citizen-acts-short-ended = Udløb { $day }: { $name }
citizen-refused-short = ikke modtaget
citizen-new = ny
citizen-new-since = nyt, siden du sidst kiggede
citizen-news = { $count ->
    [one] 1 ting er ændret, siden du sidst kiggede, { $day }
   *[other] { $count } ting er ændret, siden du sidst kiggede, { $day }
}
citizen-you-looked = Du kiggede sidst { $day }
citizen-all-channels = Alle kanaler
citizen-narrow-name = Tidslinje: { $what }
citizen-kind-appointments = Aftaler
citizen-kind-handovers = Overdragelser
citizen-contacts-latest = seneste { $count }
citizen-no-contacts-here = Intet af den slags
citizen-handovers-unknown = Overdragelserne kendes ikke
citizen-earlier = Tidligere kontakter
citizen-earlier-count = { $count } tidligere
citizen-appointment-line = Aftale, { $place }
citizen-appointment-line-plain = Aftale
citizen-appointment-proposed = Er ved at blive skrevet
citizen-appointment-coming = Kommer
citizen-appointment-past = Var booket
citizen-appointment-arrived = Borgeren er her
citizen-appointment-fulfilled = Holdt
citizen-appointment-cancelled = Aflyst
citizen-appointment-noshow = Kom ikke
citizen-handed-to = Overdraget til { $who }
citizen-handover-sent = Sendt til { $who }, ingen har taget den endnu
citizen-handover-accepted = { $who } har den
citizen-handover-done = Klaret af { $who }
citizen-handover-returned = { $who } har sendt den tilbage
citizen-handover-withdrawn = Taget tilbage
citizen-card-verified = Identitet: { $how }
citizen-card-promised = Lovet: { $what }
citizen-card-missing = Mangler: { $papers }
citizen-verified-not = ikke bekræftet
citizen-verified-document = med legitimation
citizen-verified-mitid = med MitID
citizen-verified-questions = med spørgsmål
citizen-verified-known = kendt personligt
citizen-verified = Identitet bekræftet { $how }
citizen-serving = Betjenes nu
citizen-adviser-first = Spørges først
citizen-acts-expires-soon = { $what }, slutter { $day }
citizen-benefits = Ydelser
citizen-benefits-income = afhænger af indkomst
citizen-benefits-count-income = { $count ->
    [one] 1 afhænger af indkomst
   *[other] { $count } afhænger af indkomst
}
citizen-benefits-unknown = Kendes ikke
citizen-benefits-until = { $what }, til { $day }
citizen-last-looked = Du kiggede sidst
citizen-last-looked-never = Første gang
citizen-duplicate = Måske samme person: { $name }, { $cpr }, { $age } år.
citizen-duplicate-open-name = Åbn { $name }

# Kan klares nu, og hvad der mangler.
citizen-key-settle-1 = Klar den første ting
citizen-key-settle-2 = Klar den anden ting
citizen-key-settle-3 = Klar den tredje ting
citizen-key-ask = Bed om papirer
citizen-nothing-to-ask = Ingen skal bedes om noget, så vidt vi ved.
citizen-nothing-to-ask-here = Ingen skal bedes om noget i denne sag.
citizen-settle = Kan klares nu
citizen-settle-sum = { $count ->
    [one] 1 ting, { $minutes } min.
   *[other] { $count } ting, { $minutes } min.
}
citizen-settle-in-visit = i dette besøg
citizen-settle-in-call = i denne samtale
citizen-settle-so-far = af det, vi ved
citizen-settle-none = Intet venter på at blive klaret her.
citizen-settle-none-in-role = Intet, din rolle må se, venter på at blive klaret her.
citizen-settle-none-but = Intet, vi kender til, venter på at blive klaret her. Intet svar fra { $tags }.
citizen-settle-not-yet = Intet endnu. Ikke alle har svaret.
citizen-settle-no-more = Der er ikke mere, der kan klares nu.
citizen-settle-scan = Scan: { $paper }
citizen-settle-sign = Underskriv: { $paper }
citizen-settle-choose = { $paper }
citizen-settle-answer = Spørg: { $paper }
citizen-settle-look-up = Ordn: { $paper }
citizen-settle-unlocks = åbner for { $case }
citizen-settle-unlocks-more = åbner for { $count } sager
citizen-settle-serves = til { $count } sager
citizen-settle-for = { $case }
citizen-settle-minutes = { $minutes } min.
citizen-settle-past = Over frist { $day }
citizen-settle-deadline = Frist { $day }
citizen-settle-rejected = Afvist; kan rettes her
citizen-settle-asked-due = Bedt om { $day }, frist { $due }
citizen-settle-asked = Bedt om { $day }
citizen-settle-asked-unsent = Bedt om, ikke sendt endnu
citizen-settle-no-deadline = Ingen frist
citizen-settle-why = Hvorfor netop den: { $points } point
citizen-settle-rule = { $why } +{ $points }
citizen-missing = Mangler
citizen-missing-ask = Bed om det i ét brev
citizen-missing-none = Intet mangler.
citizen-missing-none-known = Intet, vi kender til, mangler.
citizen-missing-so-far = Intet endnu.
citizen-missing-all = Alle { $count }
citizen-missing-fewer = De første { $count }
citizen-missing-hidden = og { $count } mere i sagerne
citizen-missing-unlocks = åbner for { $cases }
citizen-missing-asked = bedt om { $day }
citizen-missing-rejected = afvist
citizen-missing-unknown = Intet svar fra { $tags }: måske mangler der mere.
citizen-missing-old = { $tag } vist som kl. { $time }: det kan være ændret.
citizen-letter-unsent = Et brev er skrevet her og ikke sendt endnu.
citizen-letter-refused = Brevet blev afvist: ingen er blevet bedt om noget. Se Ikke sendt.

# Hvad der følger af livssituationer, og hvad der foreslås.
citizen-follows-more = { $count ->
    [one] 1 mere
   *[other] { $count } mere
}
citizen-follows-perhaps = måske; start sagen med +
citizen-follows-start = start sagen med +
citizen-key-follows = Hvad der følger af situationen
citizen-no-situation-chosen = Denne sag hører ikke til en livssituation.
toast-case-started = Sag startet: { $title }
toast-situation-opened = Livssituation åbnet: { $title }
toast-change-reported = Meldt: { $title }
proposed-one = Foreslået: { $title }
proposed-which = Hvilken situation er det?
proposed-open = Åbn
proposed-open-name = Åbn situationen { $title }
proposed-decline = Afvis
proposed-none = Ingen af dem
proposed-decline-name = Afvis: { $what }
proposed-unsent = Åbnet her, ikke sendt endnu
proposed-refused = Kunne ikke åbnes; se, hvad der ikke er sendt
proposed-starting = Startes: { $names }
proposed-moved = En ny adresse blev registreret { $day }.
proposed-child-born = Et barn blev født { $day }.
proposed-school-age = Et barn når skolealderen { $day }.
proposed-divorced = En skilsmisse eller separation blev registreret { $day }.
proposed-married = Et ægteskab blev registreret { $day }.
proposed-new-job = En ny arbejdsgiver indberetter indkomst siden { $day }.
proposed-job-ended = Den seneste arbejdsgiver holdt op med at indberette indkomst { $day }.
proposed-turned-65 = Fyldte 65 { $day }.
proposed-arrived = En ankomst blev registreret eller ansøgt { $day }.
proposed-departed = En udrejse blev anmeldt { $day }.
proposed-bereaved = Et dødsfald i husstanden blev registreret { $day }.
proposed-document-expired = Et pas, kørekort eller kort udløb eller blev meldt tabt { $day }.

# Ansøgninger, som hun har begyndt og ikke sendt
half-finished = Begyndt og ikke sendt: { $title }
half-finished-since = { $papers ->
    [0] I selvbetjeningen, { $day }
    [one] I selvbetjeningen, { $day }, med 1 dokument
   *[other] I selvbetjeningen, { $day }, med { $papers } dokumenter
}
half-finished-continue = Fortsæt for hende
half-finished-continue-name = Fortsæt ansøgningen for hende: { $title }
