# Uden forbindelse: mærket øverst, linjen med kilder, panelet ved siden af en borger, det der venter.

offline-pill = { $unsent ->
    [0] Offline
   *[other] Offline · { $unsent } ikke sendt
}
offline-pill-name = { $unsent ->
    [0] Offline siden { $time }. Vis udbakken
    [one] Offline siden { $time }, { $unsent } ændring er ikke sendt. Vis udbakken
   *[other] Offline siden { $time }, { $unsent } ændringer er ikke sendt. Vis udbakken
}
offline-sources = Ingen forbindelse: alt er gemt, set { $time }

offline-panel = Udbakke
offline-unsent = { $count ->
    [0] alt er sendt
   *[other] { $count } ikke sendt
}
offline-lost = Forbindelsen forsvandt { $time }.
offline-kept = Det, du gør, gemmes krypteret på denne maskine og sendes i denne rækkefølge, når nettet er tilbage.
offline-not-kept = Denne maskine kan ikke gemme det, du gør, så intet kan ændres, før nettet er tilbage.
offline-next = Prøver igen om { $time }.
offline-trying = Prøver igen nu.
offline-entry = { $number }. { $what }
offline-quote = »{ $text }«
offline-more = { $count ->
    [one] og { $count } til
   *[other] og { $count } til
}
offline-open-outbox = Åbn udbakken
offline-try = Prøv nu
key-try-now = Prøv forbindelsen nu

offline-can = Uden forbindelse kan du
offline-can-read = { $count ->
    [0] Læse det, der er åbent i dette vindue
    [one] Læse { $count } borger, der har været åbnet på denne maskine
   *[other] Læse de { $count } borgere, der har været åbnet på denne maskine
}
offline-can-write = Skrive notater, registrere henvendelser og vurdere papirer
offline-can-half = Skrive videre på det, du var i gang med
offline-cannot = Først når nettet er tilbage
offline-cannot-decide = Afgøre, godkende eller udstede
offline-cannot-book = Booke eller flytte tider
offline-cannot-find = Finde borgere, der ikke har været åbnet på denne maskine

offline-waits-decide = Forbindelsen er væk, og en afgørelse kræver den. Det, du skrev, er her stadig; træf afgørelsen, når nettet er tilbage.
offline-waits-book = Forbindelsen er væk, så ingen ved, hvilke tider der er ledige. Det, du skrev, er her stadig; book, når nettet er tilbage.
offline-waits-move = Forbindelsen er væk, så ingen ved, hvilke tider der er ledige. Intet blev flyttet; prøv igen, når nettet er tilbage.
offline-waits-hold = Forbindelsen er væk, så en tid kan ikke holdes. Prøv igen, når nettet er tilbage.

palette-kept = Ingen forbindelse: kun borgere, der har været åbnet på denne maskine, kan findes.
palette-kept-none = Ingen med det navn har været åbnet på denne maskine. Alle andre kan findes, når nettet er tilbage.
