# Sagens side.

case-not-here-yet = Sagen er her ikke endnu
case-may-not-judge = Din rolle må ikke vurdere papirer i denne sag
case-may-not-book = Din rolle må ikke booke i denne sag
case-nobody-attends = Ingen skal møde op i denne sag
case-key-item = punkt
case-key-approve = Godkend
case-key-reject = Afvis
case-key-not-needed = Ikke nødvendig
case-key-waive = Frafald
case-key-reopen = Genåbn
case-key-book = Book fremmøde
case-key-ask-again = Spørg igen
case-verb-receive = Markér som modtaget
case-verb-request = Markér som bedt om
case-ready = Klar til fremmøde
case-ready-decision = Klar til afgørelse
case-not-ready = Ikke klar til fremmøde
case-settled = { $settled } af { $all } godkendt
case-ready-why = { $left ->
    [one] Alle papirer er i orden. 1 punkt klares ved fremmødet.
   *[other] Alle papirer er i orden. { $left } punkter klares ved fremmødet.
}
case-ready-decision-why = Alle punkter er på plads. Sagen kan afgøres.
case-not-ready-why = { $open ->
    [one] 1 papir skal være i orden før fremmødet.
   *[other] { $open } papirer skal være i orden før fremmødet.
}
case-checklist = Tjekliste
case-due-before = Før fremmødet
case-due-at = Ved fremmødet
case-of = { $settled } af { $all }
case-item-refused = Ikke godtaget: se ved siden af
case-item-unsent = Gjort her, ikke sendt endnu
case-item-condition-not-met = Gælder ikke denne borger
case-item-supplier = Fra: { $who }
case-by-system = Automatisk
case-shown-as-at = Svarer ikke, vist som kl. { $time }
case-nobody = ingen
case-deadline = { $days ->
    [0] Frist { $date }, i dag · { $responsible }
    [one] Frist { $date }, 1 dag · { $responsible }
   *[other] Frist { $date }, { $days } dage · { $responsible }
}
case-deadline-past = { $days ->
    [one] Over frist { $date }, 1 dag · { $responsible }
   *[other] Over frist { $date }, { $days } dage · { $responsible }
}
case-no-deadline = Ingen frist · { $responsible }
step-received = Modtaget
step-documents = Dokumenter
step-attendance = Fremmøde
step-decision = Afgørelse
step-issued = Udstedt
case-choose-item = Vælg et punkt til venstre.
case-evidence = Hvad der gælder
case-citizen-text = Hvad borgeren læser
case-why = Hvorfor der bedes om det
case-why-always = Der bedes altid om det i denne procedure.
case-why-condition = Der bedes om det på grund af: { $facts }
case-why-unknown = Afhænger af: { $facts }. Vides ikke endnu: { $unknown }
case-due = Hvornår
case-due-before-long = Før fremmødet
case-due-at-long = Ved fremmødet, med original eller personligt
case-supplied-by = Leveres af
case-reason = Begrundelse
case-changed = Sidst ændret
case-source = Kilde
case-unsent-safe = Din vurdering ligger trygt på denne maskine og bliver sendt.
case-refused = Din vurdering blev ikke godtaget
case-refused-theirs = Står nu:
case-refused-mine = Din:
case-refused-retry = Send min igen
case-refused-discard = Behold det, der står
case-attendance = Fremmøde
case-attendance-at = { $day } kl. { $time }
case-papers-ready = Alle papirer er godkendt
case-papers-open = { $open ->
    [one] 1 papir er stadig åbent
   *[other] { $open } papirer er stadig åbne
}
case-not-booked = Ikke booket. Mødet tager { $minutes } minutter.
case-latest = Seneste
history-item = { $item }: { $state }
history-received = Sagen blev modtaget
history-booked = Fremmøde blev booket
history-cancelled = Fremmøde blev aflyst
history-decided = Sagen blev afgjort
history-closed = Sagen blev lukket

next-citizen-sends-papers = Næste: borger sender papirer
next-check-papers = Næste: se på papirer
next-book-attendance = Næste: book fremmøde
next-attendance = Næste: fremmøde
next-decide = Næste: afgørelse
next-issue = Næste: udsted

supplier-citizen = borgeren
supplier-other-parent = den anden forælder
supplier-landlord = udlejeren
supplier-employer = arbejdsgiveren
supplier-school = skolen eller universitetet
supplier-siri = SIRI
supplier-udi = Udlændingestyrelsen
supplier-doctor = en læge
supplier-cpr = et opslag i CPR
supplier-clerk = skranken
supplier-photo-booth = en fotoautomat

certainty-high = Fra en officiel side
certainty-medium = Fra en anden kommune eller en ældre side; få det bekræftet
certainty-low = Egen viden; bekræft før brug
certainty-invented = Opdigtet til øvelse

reason-reject = Afvis “{ $item }”?
reason-reject-then = Borgeren får at vide, hvad der er galt. Din begrundelse står i sagen.
reason-waive = Frafald “{ $item }”?
reason-waive-then = Sagen går videre uden. Din begrundelse står i sagen.
reason-not-needed = Markér “{ $item }” som ikke nødvendig?
reason-not-needed-then = Det går ud af denne borgers liste. Din begrundelse står i sagen.
reason-field = Begrundelse
reason-hint = Én linje er nok
dialog-keep = Lad det stå
refusal-already = Det er allerede { $state }.
refusal-needs-reason = Skriv en begrundelse, så den næste forstår det.
refusal-too-long = En begrundelse har højst { $most } tegn. Gør den kortere.
refusal-not-from = Det kan ikke lade sig gøre, mens det er { $state }. Genåbn det først.
history-asked = Bedt om i et brev
history-change-reported = En ændring blev meldt

# What happened to a case
history-document-came = Et dokument kom
history-document-moved = Et dokument blev flyttet
history-replied = Borgeren svarede
history-reminded = Borgeren blev mindet om det
history-request-changed = Høringen blev ændret
history-assigned = Ansvaret skiftede
history-suspended = Sagen blev sat i bero
history-resumed = Sagen fortsætter
history-extended = Fristen blev forlænget
history-facts-said = Oplysninger blev noteret
history-lifted = Sagen fik den nye tjekliste
history-related = Sager blev knyttet sammen eller skilt ad
history-proposed = En afgørelse blev foreslået
history-sent-back = Forslaget blev sendt tilbage
history-taken-back = Forslaget blev trukket tilbage
history-issued = Afgørelsen blev sendt til borgeren
history-asked-colleague = En kollega blev spurgt
history-colleague-answered = En kollega svarede
history-noted = Et notat blev skrevet
history-authority-answered = En myndighed svarede
history-on-behalf = Ansøgningen blev gjort færdig for borgeren
