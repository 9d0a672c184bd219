# Tavlen over sager og dens tabel.

cases-name = Sager
cases-board = Tavle
cases-table = Tabel
cases-in-progress = I gang
cases-awaiting-citizen = Afventer borger
cases-ready = Klar til fremmøde
cases-closed-week = Lukket denne uge

cases-scope-mine = Mine
cases-scope-team = Team { $team }
cases-scope-all = Alle
cases-menu-situation = Livssituation
cases-menu-department = Forvaltning
cases-menu-due = Frist
cases-menu-missing = Mangler
cases-menu-responsible = Ansvarlig
cases-menu-municipality = Kommune
cases-menu-sort = Sortering
cases-menu-views = Visninger
cases-any = Alle
cases-choice-count = { $title } ({ $count })
cases-due-past = Overskredet
cases-due-today = I dag
cases-due-week = Inden for 7 dage
cases-due-none = Ingen frist
cases-missing-something = Noget mangler
cases-missing-nothing = Intet mangler
cases-missing-to-check = Nye papirer at se på
cases-missing-waited = Spurgt for over 7 dage siden
cases-narrow = Indsnævr listen
cases-sort = Sortér
cases-sort-oldest = ældste først
cases-sort-newest = nyeste først
cases-sort-deadline = frist først
cases-sort-latest = frist sidst
cases-sort-by = Sortér efter { $column }

cases-past-deadline = { $count ->
    [one] 1 over fristen
   *[other] { $count } over fristen
}
cases-came = { $count ->
    [one] 1 sag fik papirer i nat
   *[other] { $count } sager fik papirer i nat
}
cases-waited = { $count ->
    [one] 1 har ventet på borgeren i over 7 dage
   *[other] { $count } har ventet på borgeren i over 7 dage
}
cases-crossing = { $count ->
    [one] 1 frist inden for 7 dage
   *[other] { $count } frister inden for 7 dage
}
cases-moved = { $count ->
    [one] 1 sag er flyttet
   *[other] { $count } sager er flyttet
}
cases-age-legend = Alder, dage
cases-age-over = over { $days }
cases-age = { $days } d
cases-age-name = { $days ->
    [one] 1 dag gammel
   *[other] { $days } dage gammel
}

cases-head-status = Status
cases-head-department = Forv.
cases-head-case = Sag
cases-head-number = Nummer
cases-head-citizen = Borger
cases-head-situation = Situation
cases-head-age = Alder, d
cases-head-deadline = Frist
cases-head-missing = Mangler
cases-head-step = Næste skridt
cases-head-responsible = Ansv.
cases-head-municipality = Kommune
cases-deadline-name = frist { $day }
cases-missing-name = mangler: { $papers }
cases-responsible-name = ansvarlig: { $name }
cases-missing-more = {", "}{ $count } mere
cases-missing-count = { $count ->
    [one] 1 papir
   *[other] { $count } papirer
}
cases-days-late = { $days ->
    [one] 1 dag over
   *[other] { $days } dage over
}
cases-not-booked = ikke booket
cases-line-check = { $count ->
    [one] Nyt papir at se på
   *[other] { $count } nye papirer at se på
}
cases-line-no-time = Godkendt, ingen tid booket
cases-line-approved = { $settled } af { $all } i orden
cases-line-rests = Hviler
cases-step-citizen-sends = Borger sender papirer
cases-step-asked = Spurgt { $day }
cases-step-reminder = Påmindelse { $day }
cases-step-check = { $count ->
    [one] Se på nyt papir
   *[other] Se på { $count } nye papirer
}
cases-step-book = Book en tid
cases-step-attendance = Fremmøde
cases-step-attendance-today = Fremmøde { $time }
cases-step-decide = Afgør
cases-step-issue = Udsted

cases-none = Her er ingen sager. Alle viser alles sager.
cases-none-filtered = Ingen sag passer. Fjern et filter, eller tøm feltet.
cases-none-here = Ingen
cases-no-rows = Der er ingen sag at arbejde med.
cases-nothing-to-book = Ingen af sagerne skal have en tid, eller alle har en.
cases-left = { $count ->
    [one] 1 mere
   *[other] { $count } mere
}
cases-more = Hent flere
cases-looked-through = { $count ->
    [one] 1 sag set igennem
   *[other] { $count } sager set igennem
}
cases-look-further = Se flere igennem
cases-shown = { $shown } af { $all } vist
cases-foot-in-progress = i gang
cases-foot-awaiting = afventer borger
cases-foot-ready = klar
cases-foot-closed = lukket denne uge
cases-foot-median = median alder

cases-peek = Kort fortalt
cases-peek-nothing = Intet
cases-peek-more = { $count ->
    [one] og 1 mere
   *[other] og { $count } mere
}
cases-peek-no-step = Ikke mere at gøre
cases-peek-last = Sidste ændring
cases-peek-changed = { $time }
cases-peek-changed-by = { $time }, { $name }

cases-weather = Frister denne uge
cases-weather-today = I dag
cases-weather-none = Ingen sag overskrider en frist inden for 7 dage.
cases-weather-more = { $count ->
    [one] og 1 mere: filtrér på frist for at se den
   *[other] og { $count } mere: filtrér på frist for at se dem
}
cases-effort-decide = Afgør
cases-effort-check = { $count ->
    [one] Se på 1 papir
   *[other] Se på { $count } papirer
}
cases-effort-book = Book en tid
cases-effort-remind = Mind borgeren om det
cases-effort-ask = { $count ->
    [one] Bed om 1 papir
   *[other] Bed om { $count } papirer
}
cases-effort-extend = Giv mere tid

cases-view-save = Gem visningen
cases-view-overwrite = Gem oven i „{ $name }“
cases-view-rename = Omdøb „{ $name }“
cases-view-delete = Slet „{ $name }“
cases-view-key = Tast { $key }
cases-name-save = Gem visningen
cases-name-rename = Omdøb visningen
cases-name-then = Visningen husker filtre, sortering, opsætning og kolonner. Alt 1 til Alt 9 åbner visninger.
cases-name-field = Visningens navn
cases-name-verb = Gem
cases-name-empty = Giv visningen et navn.
cases-name-long = Navnet er for langt. Brug højst 40 tegn.
cases-name-taken = Du har allerede en visning med det navn.
cases-name-many = Du har allerede ni visninger. Slet en først.
cases-width-narrow = smal
cases-width-usual = normal
cases-width-wide = bred

cases-marked = { $count ->
    [one] 1 valgt
   *[other] { $count } valgt, { $citizens } { $citizens ->
        [one] borger
       *[other] borgere
    }
}
cases-nobody = Ingen
cases-nobody-then = den, der tager den næst
cases-assign-title = { $count ->
    [one] Fordel 1 sag
   *[other] Fordel { $count } sager
}
cases-assign-who = Til hvem
cases-assign-hint = Navn, initialer eller forvaltning
cases-assign-looking = Leder efter kolleger
cases-assign-none = Ingen hedder det. Tjek stavningen.
cases-assigned = { $count ->
    [one] 1 sag givet til { $name }
   *[other] { $count } sager givet til { $name }
}
cases-released = { $count ->
    [one] 1 sag frigivet
   *[other] { $count } sager frigivet
}
cases-ask-title = Bed om det, der mangler ({ $at } af { $all })
cases-ask-verb = Send
cases-ask-verb-next = Send og gå videre
cases-ask-next = Næste borger
cases-ask-previous = Forrige borger
cases-ask-sent = Brevet er på vej.
cases-ask-awaited = Borgerens papirer hentes.
cases-ask-nothing = Der er intet at bede om: alt er kommet, eller der er bedt om det.
cases-ask-many = Et brev beder om højst 60 papirer. Åbn sagen, og bed om nogle af dem.
cases-ask-no-text = Skriv, hvad borgeren skal sende.
cases-ask-long = Teksten er for lang. Brug højst 6.000 tegn.
cases-ask-nobody = Vent, til du er logget ind, og send igen.
cases-ask-days = { $days } dage
cases-ask-by = Senest { $day }
cases-ask-papers = Beder om: { $papers }
cases-ask-text = Brevet
cases-ask-danish = På dansk
cases-ask-anew = Skriv forfra

cases-key-up = Op
cases-key-down = Ned
cases-key-left = Forrige kolonne
cases-key-right = Næste kolonne
cases-key-open = Åbn
cases-key-take = Vælg
cases-key-mark = Vælg
cases-key-assign = Fordel
cases-key-ask = Bed om papirer
cases-key-book = Book
cases-key-clear = Ryd
cases-key-clear-narrow = Tøm feltet
cases-key-peek = Kig
cases-key-layout = Tavle / tabel
cases-key-weather = Frister denne uge
cases-key-sort = Sortér
cases-key-views = Visninger
cases-key-view = Gemt visning
cases-key-columns = Kolonner
cases-key-column-shown = Vis eller skjul
cases-key-column-before = Flyt op
cases-key-column-after = Flyt ned
cases-key-column-width = Bredde
cases-key-undo = Fortryd
cases-key-page-up = Side op
cases-key-page-down = Side ned
cases-key-first = Første sag
cases-key-last = Sidste sag
cases-key-ask-again = Spørg igen
