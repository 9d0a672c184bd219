# Paletten (Ctrl K).

palette-hint = Navn, CPR, telefon, adresse eller sag
palette-citizens = Borgere
palette-cases = Sager
palette-do = Gør
palette-searching = Søger …
palette-tally = { $count ->
    [one] 1 fundet på { $ms } ms
   *[other] { $count } fundet på { $ms } ms
}
palette-tally-more = De første { $count } af flere, på { $ms } ms
palette-empty = Skriv en del af et navn, et CPR-nummer, et telefonnummer, en adresse eller et sagsnummer.
palette-type-on = Skriv et bogstav mere.
palette-none = Ingen fundet. Se efter stavemåden, eller prøv adressen eller telefonnummeret.
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
palette-prefix-case = sag
palette-prefix-command = kommando
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
