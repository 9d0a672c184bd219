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
citizen-book-offline = Uden forbindelse vides det ikke, hvilke tider der er ledige.
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
