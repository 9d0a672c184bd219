# Standene ved siden af køen, formularen på en selvbetjeningsstand og efterarbejdet efter den, der er gået.

stand-panel = Stand { $stand }
stand-at = Stand { $stand } · { $counter }
stand-keys-here = tasterne virker her
stand-switch = skift
stand-nobody = Her er ingen
stand-nobody-why = Kald den næste, eller hent en frem, der venter hos dig.
stand-call-next = Kald næste
stand-who = Hvem er det?
stand-who-why = Find ud af, hvem det er, så sager og papirer kan ses.
stand-find = Find
stand-number-interpreter = { $number } · tolk: { $language }
stand-self-service = { $number } · udfylder selv formularen
stand-called = Kaldt kl. { $time }, på vej
stand-called-again = Kaldt { $count } gange, sidst kl. { $time }
stand-start = Er her
stand-recall = Kald igen
stand-noshow = Kom ikke
stand-open-all = Åbn alt
stand-hold = Sæt på hold
stand-finish = Afslut
stand-see-page = Se siden
stand-see-less = Gør den lille
stand-point = Peg på feltet
stand-point-stop = Hold op med at pege
stand-no-ticket = Åbnet uden nummer
stand-no-ticket-why = Der er intet nummer at afslutte. Kontakten afsluttes på siden.
stand-papers-none = Ingen papirer er åbne.
stand-papers-asking = Spørger efter papirerne …
stand-papers-unknown = Ikke alle afdelinger har svaret. Der kan være mere.
stand-papers-settled = { $count ->
    [one] 1 papir er godkendt
   *[other] { $count } papirer er godkendt
}
stand-papers-more = { $count ->
    [one] 1 papir mere
   *[other] { $count } papirer mere
}
stand-not-allowed = Din rolle ser ikke papirer.
stand-word-asked = Bedt om
stand-word-sign = Underskriv nu
stand-word-choose = Vælg nu
stand-word-answer = Spørg nu
stand-word-scan = Scan det nu
stand-word-look-up = Slå det op
stand-word-ask = Bed om det
stand-word-ours = Det gør vi
stand-mind = Husk
stand-address-protected = Adressen er beskyttet.
stand-address-aloud = Sig den ikke højt
stand-acts = { $name } må handle her: { $what }
stand-private-room = Der er bedt om det private rum
stand-people = { $count ->
    [one] 1 person
   *[other] { $count } personer
}
stand-usually = Normalt { $minutes } min.
stand-left = { $minutes } tilbage
stand-over = { $minutes } over
stand-trouble-line = Der er ingen forbindelse. Intet er ændret; prøv igen, når den er tilbage.
stand-trouble-changed = En kollega har ændret det imens. Her vises, hvad der gælder nu.
stand-trouble-unsaved = Der er skrevet noget på siden, som ikke er sendt. Åbn den, og send det, eller smid det væk.
stand-finish-nobody = Ingen betjenes her
stand-finish-called = Er her ikke endnu
stand-finish-form = Formularen på standen er ikke færdig
mirror-seen = På standens skærm, side { $page } af { $pages }
mirror-live = direkte, kan kun læses
mirror-old = som kl. { $time }
mirror-done = Færdig
mirror-going = Skriver
mirror-open = Ikke endnu
mirror-automatic = Automatisk
mirror-nobody = Der er ingen ved standens skærm.
mirror-waiting = Spørger standen …
mirror-on-field = På dette felt i { $seconds } sek. Peg på det
mirror-on-field-minutes = På dette felt i { $minutes } min. Peg på det
mirror-pointed = Du peger på feltet. Det er markeret på standens skærm.
mirror-field = { $label }: { $value }
mirror-field-empty = { $label }: tomt
wrap-up-of = Afslut { $number }
wrap-up-of-nobody = Afslut
wrap-up-left = gik kl. { $time }
wrap-up-took = { $minutes } min. { $seconds } sek.
wrap-up-nobody-identified = ikke identificeret
wrap-up-nobody-why = Ingen blev identificeret, så der registreres ikke noget om en person. Udfaldet tæller med i tallene.
wrap-up-saves-in = Gemmer selv om { $time }
wrap-up-saves-now = Gemmer nu
wrap-up-waits-outcome = Gemt her; mangler udfaldet
wrap-up-count = { $number } af { $count }
wrap-up-outcome-short = Udfald
wrap-up-channel-written = Skriftligt
wrap-up-line-next = En linje til den næste kollega, hvis det er nødvendigt
wrap-up-save = Gem
wrap-up-situation-next = Situation
wrap-up-key-outcome = Hvordan det endte
wrap-up-key-focus-line = Skriv linjen
wrap-up-key-save = Gem efterarbejdet nu
stand-key-start = Er her: begynd
stand-key-recall = Kald igen
stand-key-noshow = Kom ikke
stand-key-hold = På hold
stand-key-finish = Afslut
stand-key-open = Åbn alt
stand-key-see = Se siden
stand-key-point = Peg på feltet
pill-called = kaldt
