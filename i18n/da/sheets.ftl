# Ark: det, der lægges over borgerens side for at blive udfyldt.
sheet-to = Gælder { $stand } · { $name }
sheet-leave = Forlad
key-sheet-confirm = Færdig
key-sheet-leave = Forlad; det skrevne bliver

sheet-wrap-up = Afslut henvendelsen
sheet-wrap-up-verb = Afslut
sheet-letter = Bed om det, der mangler, i ét brev
sheet-letter-verb = Send brevet
sheet-handover = Overdrag
sheet-handover-verb = Overdrag
sheet-verify = Hvem ringer?
sheet-verify-verb = Det er borgeren

# Afslutning, overdragelse og kontrol af den, der ringer.
sheet-nobody-signed-in = Det vides ikke, hvem der er logget på. Dine valg bliver her; log på, og prøv igen.
sheet-not-kept = Det kunne ikke skrives ned. Dine valg bliver her; prøv igen.

for-whom-own = Borgeren selv
for-whom-representative = Handler for borgeren
for-whom-relative = Pårørende uden fuldmagt
for-whom-authority = Anden myndighed

verified-not = Ikke kontrolleret
verified-document = Legitimation set
verified-mit-id = MitID
verified-questions = Spørgsmål besvaret
verified-known = Kendt af mig

wrap-up-duration = Varighed
wrap-up-since = siden { $began }
wrap-up-lasted = fra { $began } til { $left }
wrap-up-outcome = Hvordan endte det?
wrap-up-settled = Afsluttet
wrap-up-must-send-papers = Skal sende papirer
wrap-up-new-time = Ny tid
wrap-up-passed-on = Sendt videre
wrap-up-referred = Henvist til andre
wrap-up-no-outcome = Vælg, hvordan det endte: tryk 1 til 5.
wrap-up-channel = Kanal
wrap-up-subjects = Om
wrap-up-situation = Livssituation
wrap-up-no-situation = Ingen
wrap-up-for-whom = For hvem
wrap-up-verified = Identitet
wrap-up-line = Én linje
wrap-up-line-hint = Til den næste kollega, hvis det er nødvendigt
wrap-up-too-long = Højst 500 tegn.
wrap-up-add = Tilføj et emne eller en livssituation
wrap-up-add-hint = Tilføj et emne eller en livssituation
wrap-up-too-many = En henvendelse har højst 12 emner.
wrap-up-no-subject = Der er intet at vælge her endnu. Tryk A for at tilføje noget.
wrap-up-found-subject = Emne
wrap-up-found-situation = Livssituation
wrap-up-found-nothing = Intet med det navn.
wrap-up-hint-hand-over = Intet er overdraget i dette besøg.
wrap-up-hint-letter = Intet brev har bedt om papirer i dette besøg.
wrap-up-hint-book = Ingen tid er booket i dette besøg. Forlad med Esc, og book med B.
wrap-up-key-channel = Næste kanal
wrap-up-key-down = Emnet nedenunder
wrap-up-key-up = Emnet ovenover
wrap-up-key-subject = Vælg emnet, eller lad det ude
wrap-up-key-situation = Næste livssituation
wrap-up-key-for-whom = Næste: for hvem
wrap-up-key-verified = Hvordan identiteten er kontrolleret
wrap-up-key-take = Tag det fundne
wrap-up-key-line = Skriv linjen
wrap-up-key-add = Tilføj et emne

handover-to = Til
handover-to-hint = Navn på en kollega eller en enhed
handover-whoever-is-there = Den, der har vagten
handover-no-receiver = Vælg, hvem der tager over.
handover-nobody-found = Ingen med det navn.
handover-units-only = Kollegerne kunne ikke hentes. Du kan overdrage til en enhed.
handover-what = Hvad det drejer sig om
handover-what-hint = Det, modtageren skal vide
handover-nothing-said = Skriv, hvad det drejer sig om: modtageren skal ikke spørge borgeren igen.
handover-too-long = Det er for langt: højst 1.000 tegn, 500 i et svar.
handover-answer-hint = Det spørger enheden om, før den tager over
handover-unanswered = Det spørger enheden om. Svar, eller skriv, at det ikke vides.
handover-not-known-answer = Vides ikke
handover-all-answered = Alt er besvaret.
handover-promised = Hvad borgeren er blevet lovet
handover-promised-hint = Intet
handover-goes-along = Følger med
handover-verified = Identitet: { $how }
handover-cases = { $count ->
    [one] Sagen { $numbers }
   *[other] { $count } sager: { $numbers }
}
handover-missing = { $count ->
    [one] 1 papir, der mangler: { $papers }
   *[other] { $count } papirer, der mangler: { $papers }
}
handover-key-another = En anden
handover-key-not-known = Resten vides ikke
handover-key-down = Modtageren nedenunder
handover-key-up = Modtageren ovenover
handover-key-take = Vælg modtageren

verify-how = Spørg, lyt, og sammenlign så. Læs aldrig et svar højt.
verify-for-whom = Hvem ringer
verify-nobody-acts = Ingen kendes, der handler for denne borger.
verify-questions = Spørgsmål
verify-children = Hvad hedder børnene?
verify-address = Hvilken vej og hvilket nummer bor du på?
verify-last-contact = Hvornår var du sidst i kontakt med os, og om hvad?
verify-open-case = Hvilken sag har du hos os?
verify-next-appointment = Hvilken dag er din næste tid?
verify-phone = Hvad er de sidste cifre i dit telefonnummer?
verify-hidden = Svaret er skjult
verify-should-say = Skal sige: { $answer }
verify-right = Rigtigt
verify-wrong = Forkert
verify-key-down = Spørgsmålet nedenunder
verify-key-up = Spørgsmålet ovenover
verify-key-show = Vis for at sammenligne
verify-show = Vis
verify-key-hide = Skjul
verify-key-right = Rigtigt
verify-key-wrong = Forkert
verify-key-for-whom = Borgeren selv, eller en, der handler for borgeren
verify-nothing-to-judge = Der er intet spørgsmål at bedømme.
verify-needed = { $count ->
    [one] Der mangler 1 rigtigt svar.
   *[other] Der skal { $count } rigtige svar til, og ingen forkerte.
}
verify-too-early = { $count ->
    [one] Ikke endnu: der mangler 1 rigtigt svar.
   *[other] Ikke endnu: der skal { $count } rigtige svar til.
}
verify-verified = Bekræftet. Tryk Ctrl og Enter for at gå videre.
verify-failed = Ikke bekræftet. Giv ingen oplysninger: bed den, der ringer, om at møde op eller bruge MitID.

# Arkene til en note og et løfte.
sheet-note = Skriv en note
sheet-note-verb = Gem noten
sheet-note-change = Ret noten
sheet-note-change-verb = Gem ændringen
sheet-note-field = Note
sheet-note-hint = Hvad skal man vide næste gang?
sheet-note-expires = Udløber
sheet-note-until-ended = Gælder, indtil nogen afslutter den.
sheet-note-through = Gælder til og med { $day }.
sheet-note-ends = Gælder ikke mere.
sheet-note-seen-by = Kolleger, der åbner borgeren, ser den. Den er skjult, når skærmen er vendt.
sheet-note-no-text = Skriv, hvad man skal vide.
sheet-too-long = Den er længere end { $most } tegn. Gør den kortere.
sheet-day-hint = 30/6, +14, fredag
sheet-day-missing = Skriv hvilken dag.
sheet-day-not-understood = Skriv en dag, for eksempel 30/6, +14 eller fredag.
sheet-day-none-such = Den dag findes ikke i kalenderen.
sheet-day-past = Den dag er gået. Vælg i dag eller senere.
sheet-based-on-refused = Serveren modtog ikke det, som dette bygger på. Se under Ikke sendt først.
key-note-kind = Vigtig eller almindelig
key-note-end = Afslut den nu
sheet-promise = Lov noget
sheet-promise-verb = Lov det
sheet-promise-field = Det der loves
sheet-promise-hint = Vi ringer om afgørelsen
sheet-promise-due = Senest
sheet-promise-through = Holdt til tiden til og med { $day }. Derefter vises det som over frist.
sheet-promise-no-text = Skriv, hvad der loves.
sheet-promise-settle = Afslut et løfte
sheet-promise-was-due = Frist { $day }
sheet-promise-kept-verb = Det er holdt
sheet-promise-withdraw-verb = Træk det tilbage
sheet-promise-reopen-verb = Åbn det igen
sheet-promise-why = Skriv, hvorfor det ikke gælder mere.
sheet-promise-why-field = Hvorfor det ikke gælder mere
sheet-promise-why-hint = Borgeren fandt selv svaret
sheet-promise-outcome-field = Hvad det blev til
sheet-promise-outcome-hint = Må stå tomt
promise-kept = Holdt
promise-withdrawn = Trukket tilbage
promise-open-again = Åbn igen
key-promise-in-1 = I morgen
key-promise-in-3 = Om 3 dage
key-promise-in-7 = Om en uge

# Brevet.
sheet-letter-of = Bed om det, { $case } mangler
sheet-letter-papers = Papirer: { $ticked } af { $all }
sheet-letter-papers-name = Papirer, brevet beder om
sheet-letter-paper-due = frist { $day }
sheet-letter-language = Sprog
sheet-letter-unwritten = Vi har ingen breve på { $language }: dette er på engelsk.
sheet-letter-channel = Sendes som
sheet-letter-exempt = Fritaget for Digital Post: sendes som brev.
sheet-letter-deadline = Svar senest
sheet-letter-deadline-moved = { $day }, da der er lukket { $typed }
sheet-letter-due-before = { $case } har frist før: { $day }.
sheet-letter-text = Brevet på { $language }
sheet-letter-text-hint = Sæt flueben ved et papir, eller skriv selv brevet
sheet-letter-danish = På dansk, til at læse med
sheet-letter-danish-as-made = På dansk, før du rettede teksten
sheet-letter-edited = Du har rettet teksten. Flueben, sprog og frist ændrer den ikke længere.
sheet-letter-not-edited = Teksten er ikke rettet.
sheet-letter-anew = Lav den på ny
sheet-letter-danish-word = dansk
sheet-letter-english-word = engelsk
sheet-letter-german-word = tysk
sheet-letter-polish-word = polsk
sheet-letter-key-down = Papiret nedenfor
sheet-letter-key-up = Papiret ovenfor
sheet-letter-key-tick = Flueben ved papiret til eller fra
sheet-letter-key-all = Flueben ved alle papirer eller ingen
sheet-letter-key-language = Næste sprog
sheet-letter-key-channel = Digital Post eller brev
sheet-letter-key-anew = Lav teksten på ny
sheet-letter-nothing-ticked = Sæt flueben ved mindst ét papir.
sheet-letter-too-many = Et brev beder højst om 60 papirer; der er flueben ved { $count }. Send resten i et andet.
sheet-letter-changed = Et papir kom eller blev bedt om, mens du skrev. Læs brevet igen, og send det så.
sheet-letter-no-text = Brevet er tomt. Skriv det, eller lav det på ny (R).
sheet-letter-too-long = Brevet er { $by } tegn for langt. Forkort det.
sheet-letter-date-past = Den dag er forbi. Vælg i dag eller senere.
sheet-letter-date-far = Det er mere end et år ude i fremtiden. Vælg en dag inden for et år.
sheet-letter-nobody = Vi ved endnu ikke, hvem du er logget ind som. Prøv igen om et øjeblik.

# En dag, der er skrevet.
date-empty = Skriv en dag: 9/6, 9. juni eller +14.
date-not-a-date = Det er ikke en dag. Skriv den som 9/6, 9. juni eller +14.
date-no-such-day = Den dag findes ikke. Se på dag og måned.
date-understood = = { $day }

# Livssituationer.
sheet-key-down = Linjen under
sheet-key-up = Linjen over
situation-which = Hvilken livssituation?
situation-find = Find en livssituation
situation-find-hint = skilsmisse, flytning, fødsel …
situation-none-known = Livssituationerne er ikke kendt endnu. Prøv igen om lidt.
situation-none-fits = Ingen livssituation har de ord. Skriv færre af dem.
situation-other = En anden situation
situation-verb-choose = Videre
situation-verb-open = Åbn situationen
situation-verb-save = Gem
situation-verb-decline = Afvis
situation-verb-open-start = { $count ->
    [one] Åbn, og start 1 sag
   *[other] Åbn, og start { $count } sager
}
situation-verb-save-start = { $count ->
    [one] Gem, og start 1 sag
   *[other] Gem, og start { $count } sager
}
situation-since = Siden, eller planlagt til
situation-opened-by = åbnet af { $who }
situation-answers-unknown = Hvad der er svaret før, er ikke kendt endnu.
situation-questions = Spørg først
situation-answered = { $count } af { $all } besvaret
situation-follows = Det følger som regel
situation-nothing-follows = Der følger som regel ikke mere.
situation-lines = Spørgsmål, og hvad der følger
situation-yes = Ja
situation-no = Nej
situation-unsure = Ved ikke
situation-key-yes = Ja
situation-key-no = Nej
situation-key-unsure = Ved ikke
situation-key-toggle = Start eller ikke
situation-key-dismiss = Følger ikke
situation-key-reopen = Følger alligevel
situation-starts = Starter en sag
situation-not-started = Startes ikke
situation-perhaps = Måske, startes ikke
situation-start-refused = Kunne ikke startes
situation-being-started = Startes
situation-started = Der er en sag
situation-reopened = Følger alligevel
situation-dismissed-by = { $who }: { $reason }
situation-does-not-follow = Følger ikke: { $reason }
situation-elsewhere = { $who } tager sig af det
situation-withheld = Stil videre i stedet
situation-dismiss-reason = Hvorfor følger det ikke?
situation-decline-reason = Hvorfor åbnes den ikke?
situation-reason-hint = En linje, som en kollega forstår
situation-reason-missing = Skriv hvorfor. En kollega læser det næste gang.
situation-reason-too-long = Brug højst { $count } tegn.
situation-close = Der følger ikke mere: luk situationen
situation-not-known-yet = Det er ikke kendt endnu. Prøv igen om lidt.

# En meldt ændring.
change-which = Hvad er ændret?
change-none-known = Ændringernes arter er ikke kendt endnu. Prøv igen om lidt.
change-other = En anden ændring
change-text = Hvad siger borgeren?
change-from = Fra
change-verb = Meld ændringen
change-verb-count = { $count ->
    [one] Meld den 1 sted
   *[other] Meld den { $count } steder
}
change-touches = Hvem skal høre om det
change-hearing = { $count } af { $all } hører om det
change-touches-nothing = Ingen i kataloget behøver at høre om det.
change-touches-offline = Uden forbindelse ved vi ikke, hvem der skal høre om det. Det kan ikke meldes endnu.
change-touches-unknown = Hvem der skal høre om det, er ikke kendt endnu. Spørg igen, og meld det så.
change-nobody-hears = Vælg mindst én, der skal høre om det.
change-no-text = Skriv på én linje, hvad borgeren siger.
change-text-too-long = Brug højst { $count } tegn.
change-perhaps = Måske: { $because }
change-left-out = Holdt udenfor
change-to-case = Til sag { $number }
change-to-open-case = Til den åbne sag
change-starts-case = Starter en sag
change-key-choose = Vælg
change-key-toggle = Hører om det eller ikke

# Ansøgning gjort færdig på borgerens vegne
sheet-application = Gør hendes ansøgning færdig
sheet-application-verb = Send for hende
sheet-application-began = Begyndt i selvbetjeningen, { $day }
sheet-application-said = Hun har svaret
sheet-application-papers = Hun har sendt
sheet-application-recorded = Sagen viser, at du har sendt den på hendes vegne. Det, der mangler, bliver bedt om på sagen.
sheet-application-gone = Ansøgningen er her ikke mere: måske har hun selv sendt den. Spørg igen med F5.
