# Paletten (Ctrl K).

palette-hint = Navn, CPR, telefon, adresse, e-mail eller sag
palette-citizens = Borgere
palette-recent = Senest åbnet
palette-cases = Sager
palette-addresses = Adresser
palette-colleagues = Kolleger
palette-do = Gør
palette-searching = Søger …
palette-tally = { $count ->
    [one] 1 fundet på { $ms } ms
   *[other] { $count } fundet på { $ms } ms
}
palette-tally-more = De første { $count } af flere, på { $ms } ms
palette-empty = Skriv en del af et navn, et CPR-nummer, et telefonnummer, en adresse, en e-mail eller et sagsnummer. En fødselsdato ved siden af navnet finder én person.
palette-type-on = Skriv et bogstav mere.
palette-needs-note = Sig, hvorfor du slår op: skriv et par ord til højre.
palette-cpr-partial = { $missing ->
    [one] Et CPR-nummer har 10 cifre. 1 mangler; der sendes intet før.
   *[other] Et CPR-nummer har 10 cifre. { $missing } mangler; der sendes intet før.
}
palette-cpr-length = Et CPR-nummer har 10 cifre; her er { $digits }.
palette-cpr-not-digits = Et CPR-nummer har kun cifre, eventuelt med bindestreg.
palette-cpr-no-date = De første seks cifre er ikke en dato. Intet blev sendt.
palette-age = { $age } år
palette-address-protected = Adresse beskyttet
palette-address-unknown = Ingen kendt adresse
palette-purpose = Hvorfor slår du op?
palette-note = Hvad er grunden?
palette-note-hint = Et par ord
palette-logged = Søgning og opslag logges med dit navn og grunden “{ $reason }”.
palette-key-choose = vælg
palette-key-open = åbn
palette-key-purpose = grund
palette-key-result = åbn resultat
palette-key-other-stand = åbn i den anden stand
palette-key-open-stand = åbn i stand { $stand }
palette-prefix-case = sag
palette-prefix-command = kommando
palette-prefix-colleague = kollega
palette-prefix-phone = telefon

purpose-ticket = Ved skranken
purpose-call = I telefonen
purpose-appointment = Har en aftale
purpose-case = Arbejde på en sag
purpose-other = En anden grund

status-greenland = Bor i Grønland
status-tax-only = Nummer kun til skat
status-not-registered = Ikke registreret endnu
status-annulled = Nummer annulleret
status-deleted = Dobbeltnummer, slettet
status-changed-number = Ændret nummer
status-disappeared = Forsvundet
status-departed = Udrejst
status-dead = Død

command-citizen = Tilbage til borgeren
command-cases = Sager
command-queue = Kø
command-figures = Tal
command-calendar = Kalender
command-outbox = Hvad der ikke er sendt
command-settings = Indstillinger
command-personas = Skift rolle
command-keys = Alle taster
command-english = English
command-danish = Dansk
command-dark = Mørkt tema
command-light = Lyst tema
command-density = Næste rækkehøjde
command-larger = Større tekst
command-smaller = Mindre tekst
command-gallery = Galleri over komponenter
command-quit = Afslut Skranke
command-persona = Skift rolle til { $role }

# Hvad der ikke blev fundet, og hvad man kan prøve.
palette-similar = lignende stavning
palette-similar-check = Stavningen ligner, men er ikke den samme. Sørg for, at det er den rigtige.
palette-date-alone = For mange er født { $date }. Skriv et navn ved siden af.
palette-none-name = Ingen har et navn eller en adresse som “{ $words }”, heller ikke stavet næsten sådan.
palette-none-address = Ingen er registreret på “{ $words }”. Beskyttede adresser findes aldrig på denne måde.
palette-none-born = Ingen, der hedder “{ $words }”, er født { $date }.
palette-none-cpr = Ingen har dette CPR-nummer.
palette-none-phone = Ingen har et telefonnummer, der begynder eller slutter med “{ $words }”.
palette-none-email = Ingen har en e-mailadresse, der begynder med “{ $words }”.
palette-none-case = Ingen sag, du må se, har et nummer, der begynder med “{ $words }”.
palette-none-colleague = Ingen kollega med det navn eller i den forvaltning.
palette-try-name = Prøv færre bogstaver, en fødselsdato ved siden af navnet (12.11.90) eller + og telefonnummeret.
palette-try-born = Prøv færre bogstaver, en anden fødselsdato eller + og telefonnummeret.
palette-try-cpr = Se cifrene efter, eller prøv navnet og fødselsdatoen.
palette-try-other = Prøv navnet og fødselsdatoen.
palette-tally-colleagues = { $count ->
    [one] 1 kollega
   *[other] { $count } kolleger
}

# Stande og kolleger.
palette-stand-hers = Borgeren er allerede åben i stand { $stand }.
palette-stand-taken = { $name } er i stand { $stand } nu. Shift ↵ tager den plads.
palette-handover-here = ↵ overdrager { $name } til denne kollega. Du skriver kortet, før det sendes.
palette-handover-nobody = Åbn borgeren først, hvis du vil overdrage nogen.

# Hvad der kan gøres med den borger, der er åben.
palette-do-book = Book tid til { $name }
palette-do-letter = Bed { $name } om det, der mangler
palette-do-handover = Overdrag { $name }
palette-do-note = Skriv en note om { $name }
palette-do-promise = Lov { $name } noget
palette-do-situation = Åbn en livssituation for { $name }
palette-do-change = Meld en ændring for { $name }
palette-do-verify = Bekræft, hvem der ringer som { $name }
palette-do-finish = Afslut med { $name }
palette-do-stand = Gå til stand { $stand }
