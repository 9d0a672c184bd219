# Rammen om hver side.

nav-start = Skranke
nav-citizen = Borger
nav-cases = Sager
nav-queue = Kø
nav-figures = Tal
nav-calendar = Kalender
slab-language = Sprog: dansk. Skift til engelsk
slab-training = Øvelse
slab-person = { $name }. Skift rolle
slab-unsent = { $count ->
    [one] 1 ikke sendt
   *[other] { $count } ikke sendt
}
slab-refused = { $count ->
    [one] 1 ikke godtaget
   *[other] { $count } ikke godtaget
}

role-host = Vært
role-clerk = Medarbejder i skranken
role-caseworker = Sagsbehandler
role-team-leader = Teamleder
role-guest = Gæst
role-host-what = Tager imod og visiterer; ser identitet og aftaler
role-clerk-what = Betjener borgere ved skranken og i telefonen
role-caseworker-what = Arbejder ansøgninger igennem i back office
role-team-leader-what = Leder teamet og ser loggen igennem
role-guest-what = Læser opgaveguiden og ikke andet

key-close = Luk
key-confirm = Bekræft
key-find = Find
key-all-keys = Alle taster
key-go-citizen = Borger
key-go-cases = Sager
key-go-queue = Kø
key-go-figures = Tal
key-go-calendar = Kalender
key-go-outbox = Hvad der ikke er sendt
key-density = Næste rækkehøjde
key-larger = Større tekst
key-smaller = Mindre tekst
key-text-reset = Tekst på 100 %
key-settings = Indstillinger
key-personas = Skift rolle
key-quit = Afslut
key-back = Tilbage
key-next-control = Næste felt
key-previous-control = Forrige felt
key-nobody-open = Ingen er åben. Find en borger først.

overlay-close = Luk
notice-close = Forstået
persona-title = Hvem er du i dag?
persona-explain = I øvelseskommunen kan du arbejde i enhver rolle. Rollen afgør, hvad du må se og gøre.
persona-fixed = Du er logget ind i en anden rolle
keys-title = Alle taster
keys-here = På denne side
keys-everywhere = Overalt
leave-title = Afslut med usendte ændringer?
leave-then = { $count ->
    [one] 1 ændring er ikke sendt, og denne maskine kan ikke gemme den sikkert. Den ville gå tabt.
   *[other] { $count } ændringer er ikke sendt, og denne maskine kan ikke gemme dem sikkert. De ville gå tabt.
}
leave-verb = Afslut og mist dem
leave-stay = Bliv
notice-settings = Der er en fejl i dine indstillinger, så de sædvanlige bruges. Filen er gemt ved siden af. { $mistake }
toast-booked = Booket til { $day } kl. { $time }
error-outbox-not-open = udbakken er ikke åben endnu
error-not-written = Din ændring kunne ikke gemmes på denne maskine, så intet blev ændret. Prøv igen; sker det igen, så sig det til din support: { $why }
error-outbox-set-aside = En beskadiget fil med usendte ændringer er lagt til side og ikke slettet: { $file }
error-outbox-failed = Ændringer kan ikke gemmes sikkert på denne maskine, så redigering er slået fra. Sig det til din support: { $why }
error-settings-not-saved = Dine indstillinger gælder nu, men kunne ikke gemmes: { $why }
notice-database-set-aside = Øvelsesdatabasen var beskadiget. Den er lagt til side, ikke slettet, og en ny er lavet: { $file }

# Stande, lås, vendt skærm.
stand-free = ledig
stand-name = Stand { $stand }: { $name } { $time }
stand-writes-here = Alt, du skriver, gælder her
stand-other = { $stand } venter: { $name } { $time }
key-stand = Den anden stand
key-turn = Vend skærmen
key-turn-back = Vend tilbage
key-turn-language = Næste sprog
key-nobody-to-turn-to = Åbn først en borger; så kan skærmen vendes.
key-lock = Lås
key-unlock = Lås op
locked-title = Låst
locked-waits = { $name } er logget på.{ $visits ->
    [0] {""}
    [one] {" "}Ét besøg venter.
   *[other] {" "}Begge besøg venter.
}{ $unsent ->
    [0] {""}
    [one] {" "}Én ændring er ikke sendt.
   *[other] {" "}{ $unsent } ændringer er ikke sendt.
} Alt er, som det var, når du kommer tilbage.
locked-idle = { $minutes ->
    [one] Låste sig selv efter et minut uden tastetryk. Her vises ingen borgers navn eller nummer.
   *[other] Låste sig selv efter { $minutes } minutter uden tastetryk. Her vises ingen borgers navn eller nummer.
}
locked-demanded = Kontoret bad om, at vinduet låses. Her vises ingen borgers navn eller nummer.
locked-asked = Du låste selv. Her vises ingen borgers navn eller nummer.
locked-unlock = Lås op
locked-opening = Logger på …
locked-someone-else = En anden

# Hvor mange taster de hyppigste handlinger kræver (`?`).
key-counts = Taster, det kræver
key-count = { $count ->
    [one] 1 tast
   *[other] { $count } taster
}
key-count-with-letters = { $count } taster + bogstaver
key-count-letters = bogstaver
key-count-find = Find en borger
key-count-reveal = Vis et CPR-nummer
key-count-register = Registrer en henvendelse
key-count-register-all = Registrer, alt ændret
key-count-hand-over = Overdrag
slab-faces-you = Skærm mod dig
