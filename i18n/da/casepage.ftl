# Sagens side: hoved, tjekliste, det, der bedes om.

case-may-not-work = Din rolle må ikke bede om noget eller skrive i denne sag
case-may-not-steer = Din rolle må ikke fordele denne sag
case-is-closed = Sagen er lukket; intet i den kan ændres mere.
case-key-ask = Bed om det
case-key-next = Næste sag
case-key-previous = Forrige
case-key-note = Note
case-key-assign = Fordel
case-key-print = Udskriv overblik
case-key-latest = Alt, hvad der er sket, eller højre spalte
case-key-close-side = Luk det ved siden af
case-key-approve-anyway = Godkend alligevel, med begrundelse
case-last-of-list = Dette er listens sidste sag
case-first-of-list = Dette er listens første sag
case-side-open = Bed om, afgør, seneste
case-side-close = Luk

# Hvem der også er her.
case-reads = { $name } læser
case-edits = { $name } skriver
case-edits-item = { $name } redigerer “{ $item }”
case-others-more = + { $count } mere

# Linjen under navnet. Ord mellem stjerner er fremhævet.
case-deadline-is = { $days ->
    [0] Frist *{ $date }*, i dag
    [one] Frist *{ $date }*, 1 dag
   *[other] Frist *{ $date }*, { $days } dage
}
case-deadline-was = { $days ->
    [one] Over frist *{ $date }*, 1 dag
   *[other] Over frist *{ $date }*, { $days } dage
}
case-no-deadline-set = Ingen frist
case-prepared-by = Forberedt af *{ $name }*
case-prepared-by-you = Forberedt af *dig*
case-prepared-by-nobody = Ikke forberedt af nogen endnu
case-rests = Hviler
case-rests-until = Hviler til { $day }
case-newer-checklist = Nyere tjekliste ({ $version })
step-attendance-none = ikke booket
step-decision-four = to par øjne
step-decision-two = én afgør

# Hvor langt der er, i en sætning.
case-attendance-if = { $open ->
    [one] Fremmødet { $when } står ved magt, hvis det sidste papir er godkendt senest { $by }. Ellers tilbyd en senere tid, før hun tager af sted.
   *[other] Fremmødet { $when } står ved magt, hvis alle er godkendt senest { $by }. Ellers tilbyd en senere tid, før hun tager af sted.
}
case-attendance-in-doubt = { $open ->
    [one] 1 papir skulle være i orden senest { $by }. Tilbyd en senere tid end { $when }, før hun tager af sted.
   *[other] { $open } papirer skulle være i orden senest { $by }. Tilbyd en senere tid end { $when }, før hun tager af sted.
}
case-attendance-stands = { $left ->
    [0] Fremmødet { $when } står ved magt: alle papirer er i orden.
    [one] Fremmødet { $when } står ved magt. 1 punkt klares dér.
   *[other] Fremmødet { $when } står ved magt. { $left } punkter klares dér.
}
case-ready-not-booked = Alle papirer er i orden. Book fremmødet: det tager { $minutes } minutter.
case-not-ready-not-booked = { $open ->
    [one] 1 papir skal være i orden, før der bookes tid.
   *[other] { $open } papirer skal være i orden, før der bookes tid.
}
case-not-ready-nobody = { $open ->
    [one] 1 papir skal være i orden før afgørelsen.
   *[other] { $open } papirer skal være i orden før afgørelsen.
}

# Tjeklistens grupper.
group-identity = Identitet
group-ground = Grundlag
group-home = Bolig
group-household = Husstand
group-other = Andet
group-visit = Ved fremmødet

# Et punkts anden linje.
case-now = nu
case-item-to-check = se på det
case-item-scanned = Scannet { $when }
case-item-uploaded = Lagt ind { $when }
case-item-sent = Sendt af borgeren { $when }
case-item-from-authority = Fra en myndighed { $when }
case-item-from-office = Skrevet her { $when }
case-item-version = version { $version }
case-item-asked = Bedt om { $sent }, svar senest { $by }
case-item-asked-reminder = Bedt om { $sent }, påmindelse sendes { $reminder }
case-item-overdue = Bedt om { $sent }, svar skulle være her { $by }
case-item-cannot = Kan ikke skaffe det: { $why }
case-item-because = Fordi: { $facts }
case-item-not-asked = Ikke bedt om endnu
case-cannot = Hun kan ikke skaffe dette papir
case-cannot-then = Godtag et andet bevis (A, med begrundelse), frafald det (I), eller bed om noget andet (D).

reason-approve = Godkend “{ $item }”?
reason-approve-then = Noget ved papiret er ikke i orden. Skriv, hvorfor det alligevel er godt nok; det står i sagen.
reason-approve-other-then = Skriv, hvilket andet bevis du godtager. Det står i sagen.
reason-reject-then-ask = Papiret afvises med denne begrundelse og krydses af i brevet, der beder om et nyt.

# De seneste linjer.
case-latest-all = Alle { $count }
case-latest-fewer = Færre
case-latest-you = Du: { $what }
case-latest-by = { $by }: { $what }
history-document-came-for = Et dokument kom til { $item }

# Feltet, der beder om det, der mangler.
request-title = Bed om det, der mangler
request-sending = Brevet lægges i udbakken.
request-nothing = Der mangler ikke noget, hun kan sende.
request-paper-rejected = { $paper } (blev afvist)
request-words = { $count ->
    [one] 1 ord
   *[other] { $count } ord
}
request-unwritten = Vi har ingen breve på { $language }. Skriv det selv, eller send dette.
request-not-hers = Hun får breve på { $language }. Det, du ser, er det, der sendes.
request-edited = Du har rettet teksten. Kryds og datoer ændrer den ikke længere.
request-day-moved = { $day }: kontoret er lukket { $typed }
request-send-by = Send med
request-channel-counter = Udskriv ved skranken
request-send = Send til borgeren
request-reminder = Påmindelse { $day }
request-no-reminder = For kort tid til en påmindelse
request-not-in-sight = Åbn brevet først (Y): intet sendes ulæst
request-unconfirmed = Et afkrydset papir er lige vurderet. Vent, til det er sendt, og send så brevet.
request-unsent = Gjort her, ikke sendt endnu
request-held = Venter på en ændring, der ikke blev godtaget
request-refused = Din anmodning blev ikke godtaget
request-refused-again = Send den igen
request-refused-away = Smid den væk
request-longer = Giv længere frist
request-longer-until = Svar senest
request-remind = Mind om nu
request-close = Luk
request-close-why = Hvorfor ventes der ikke på mere?
request-not-later = Vælg en senere dag end den, hun har.
request-state-open = Bedt om { $sent }, svar senest { $by }
request-state-reminder = Bedt om { $sent }, svar senest { $by }, påmindelse { $reminder }
request-state-reminded = Bedt om { $sent }, mindet om, svar senest { $by }
request-state-overdue = { $days ->
    [one] Bedt om { $sent }, svar skulle være her { $by }: 1 dag over
   *[other] Bedt om { $sent }, svar skulle være her { $by }: { $days } dage over
}
request-state-answered = Bedt om { $sent }, besvaret
request-state-closed = Bedt om { $sent }, lukket
