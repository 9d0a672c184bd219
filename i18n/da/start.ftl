# Siden, når ingen er åben.

start-key-ask-again = Spørg igen
start-nothing-to-ask = Her er intet at spørge om igen.

start-morning = Godmorgen, { $name }
start-afternoon = Goddag, { $name }
start-evening = Godaften, { $name }
start-next = Den næste borger har tid kl. { $time }.
start-next-in = { $minutes ->
    [one] Den næste borger har tid kl. { $time }, om 1 minut.
   *[other] Den næste borger har tid kl. { $time }, om { $minutes } minutter.
}
start-next-now = En borger har tid kl. { $time }.
start-papers-approved = { $count ->
    [one] Papiret er godkendt.
   *[other] Alle { $count } papirer er godkendt.
}
start-papers-open = { $count ->
    [one] 1 papir mangler endnu.
   *[other] { $count } papirer mangler endnu.
}
start-papers = { $open } af { $due } mangler
start-nobody-booked = Der er ikke flere med tid ved denne skranke i dag.
start-look-up = Find en borger på navn, CPR-nummer, telefon, adresse eller sagsnummer.
start-or-look-up = Slå nogen op
start-no-case = Ingen sag valgt
start-training = Øvekommune: alle borgere her er opdigtede.

start-role-host = Vært
start-role-clerk = Medarbejder ved skranken
start-role-caseworker = Sagsbehandler
start-role-team-leader = Teamleder
start-role-guest = Gæst

start-finding = Leder efter serveren
start-finding-what = Du kan begynde, så snart den svarer.
start-signing-in = Logger dig på
start-not-signed-in = Du er ikke logget på endnu
start-generating = Laver øvekommunen
start-generating-what = Det sker kun én gang. Alle borgere i den er opdigtede.
start-generating-progress = { $done } af { $total } borgere
start-set-aside = Øvedataene kunne ikke læses
start-set-aside-what = De er lagt til side, intet er slettet. Der laves en ny øvekommune. De gamle data ligger her:
start-failed = Serveren kan ikke nås
start-failed-what = Det, du har gjort, er gemt på denne maskine. Spørg igen, eller vis dette til it-supporten:

# Besøg, der blev forladt uden afslutning, og det, kolleger har overdraget.
unfinished-title = Ikke afsluttet
unfinished-key = Afslut
unfinished-when = { $began } til { $left }, ikke registreret
unfinished-nameless = En borger, hvis navn endnu ikke var kendt
inbox-title = Overdraget til dig
inbox-unknown = Det vides ikke, hvad der er overdraget til dig
inbox-from = Fra { $name }, { $when }
inbox-refused = Ikke godtaget, se Ikke sendt
inbox-promised = Lovet: { $what }
inbox-missing = Mangler: { $papers }
inbox-not-now = Denne overdragelse er længere end det.
inbox-key-open = Åbn borger
inbox-key-accept = Tag den
inbox-key-done = Færdig
inbox-key-return = Send tilbage
inbox-key-down = Overdragelsen nedenunder
inbox-key-up = Overdragelsen ovenover
inbox-key-leave = Forlad; det skrevne bliver
inbox-key-send = Send svaret
inbox-reply-done = Hvad der kom ud af det
inbox-reply-returned = Hvorfor den sendes tilbage
inbox-reply-empty = Skriv et par ord: afsenderen skal vide, hvad der blev af den.
inbox-reply-too-long = Højst 1.000 tegn.
handover-state-sent = Ingen har taget den endnu
handover-state-accepted = Taget
handover-state-done = Færdig
handover-state-returned = Sendt tilbage
handover-state-withdrawn = Trukket tilbage
