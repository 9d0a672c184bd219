# Kalenderen: et steds dag, nogens uge, flytning, aflysning, lukket tid. Bookinger: booking.ftl.

calendar-title = Uge { $week } · { $counter }
calendar-week-name = Ugens aftaler
calendar-week-before = Forrige uge
calendar-week-after = Næste uge
calendar-legend-load = Optaget, time for time
calendar-legend-ready = Alle papirer godkendt
calendar-legend-missing = Papirer mangler
calendar-stale = Vist som kl. { $time }. { $why }
calendar-opening = Åbner kalenderen …
calendar-no-counters = Ingen skranke er kendt endnu. Kalenderen åbner, så snart kontorets steder er hentet.

calendar-day = { $weekday } { $day }.
calendar-day-name = { $weekday } { $date }
calendar-percent = { $percent } % optaget
calendar-percent-short = { $percent } %
calendar-none-lack = ingen mangler papirer
calendar-lack = { $count ->
    [one] 1 mangler papirer
   *[other] { $count } mangler papirer
}
calendar-block-break = Pause
calendar-block-meeting = Møde
calendar-block-training = Undervisning
calendar-block-closed = Lukket

calendar-papers-approved = Alle papirer godkendt
calendar-papers-missing = { $count ->
    [one] 1 papir mangler
   *[other] { $count } papirer mangler
}
calendar-missing-short = { $count } mangler
calendar-title-people = { $title }, { $people } personer
calendar-state-proposed = Holdes
calendar-state-arrived = Er her
calendar-state-fulfilled = Afholdt
calendar-state-noshow = Mødte ikke op
calendar-state-cancelled = Aflyst
calendar-unsent = Ikke sendt
calendar-refused = Afvist
calendar-free = { $time } ledig
calendar-free-name = Ledig { $time }
calendar-taken-name = Taget til { $who }, { $time }

calendar-find = Find en ledig tid
calendar-length = Længde
calendar-people = Personer
calendar-minutes = { $minutes } min.
calendar-less = { $what }: mindre end { $value }
calendar-more = { $what }: mere end { $value }
calendar-no-further = Længere går det ikke.
calendar-comma-time = {", "}{ $time }
calendar-take-name = { $day }, { $time }, { $place }
calendar-nobody-that-day = Ingen har en aftale den dag.

calendar-key-find = Find tid
calendar-key-take = Tag denne tid
calendar-key-discard = Kassér
calendar-key-day-before = Dagen før
calendar-key-day-after = Dagen efter
calendar-key-week-before = Forrige uge
calendar-key-week-after = Næste uge
calendar-key-today = I dag
calendar-key-earlier = Tidligere
calendar-key-later = Senere
calendar-key-open = Åbn borger
calendar-key-open-case = Åbn sag
calendar-key-ask-again = Spørg igen

calendar-title-day = { $day }, { $site }
calendar-view-week = Uge
calendar-view-day = Dag
calendar-day-of = Aftaler { $day }
calendar-sum-booked = booket
calendar-sum-missing = mangler papirer
calendar-sum-free = ledige
calendar-who-what = { $who } · { $what }
calendar-needless = Ikke nødvendig
calendar-conflict-short = Skal flyttes
calendar-conflict = Tiden blev lukket, efter den var booket: aftalen skal flyttes.
calendar-origin = { $who }, flyttes

calendar-lane-stands = Standere 1–{ $last }
calendar-lane-closed = lukket i dag
calendar-lane-you = Dig
calendar-lane-self-service = Selvbetjening
calendar-lane-nobody = Ingen nævnt
calendar-lanes-more = Flere: { $names }
calendar-lanes-more-short = +{ $count }
calendar-nobody-in-lane = Ingen har en aftale her den dag.

calendar-whole-site = Hele stedet, dag for dag
calendar-group-counters = Skranker
calendar-group-rooms = Rum og standere
calendar-group-phone = Telefon
calendar-group-staff = Sagsbehandlere
calendar-group-interpreters = Tolke
calendar-group-authorities = Myndigheder i huset

calendar-month-before = Forrige måned
calendar-month-after = Næste måned
calendar-month-name = { $month }, andel af tiden, der er optaget
calendar-month-day = { $day }, { $percent } % optaget
calendar-share-none = 0
calendar-share-all = 100 % optaget
calendar-grounds = Efter opholdsgrundlag
calendar-ground-name = { $ground }: flest fremmøder i { $month }, { $count }

calendar-chosen-title = { $time } { $who }
calendar-chosen-people = { $people } personer
calendar-here-since = her siden { $time }
calendar-ready = Klar til fremmøde, { $done } af { $due } godkendt
calendar-ready-nothing-due = Klar til fremmøde, ingen papirer kræves
calendar-ready-missing = { $open } af { $due } papirer mangler. Fremmødet kan gennemføres.
calendar-ready-blocked = { $open } af { $due } papirer mangler, og uden et af dem kan intet afgøres. Borgeren risikerer at komme forgæves.
calendar-ready-needless = Alle sager er afgjort. Ingen behøver at komme.
calendar-change-refused = Din ændring blev ikke taget: { $why } Aftalen står som før.
calendar-serve = Betjen nu
calendar-not-missed-yet = Tiden er ikke kommet endnu.

calendar-move-title = Flyt { $who }
calendar-move-to = { $day }, { $time }, { $place }
calendar-move-how = ← → sted eller dag, ↑ ↓ fem minutter, med Skift et kvarter. I en dag: Ctrl ← → en anden dag.
calendar-move-ask = Hvem får besked
calendar-move-same = Den står der allerede. Vælg en anden tid.
calendar-move-taken = Tiden er optaget
calendar-move-closed = Tiden er lukket
calendar-move-past = Tiden er gået
calendar-move-interpreter-free = Tolken er ledig
calendar-move-interpreter-busy = Tolken er optaget
calendar-move-interpreter-unknown = Tolken er ikke spurgt endnu
calendar-move-refused = { $who } bliver stående kl. { $time }. { $why }
calendar-moved = { $who } er flyttet til { $day } { $time }. Ingen får besked det første minut.

calendar-told-asking = Spørger, hvem der får besked …
calendar-told-unknown = Det kunne ikke ses, hvem der får besked. { $why }
calendar-told-nobody = Ingen kan nås med e-mail eller sms. Giv besked med brev eller telefon.
calendar-told-will = Får besked
calendar-told-to = { $who } { $how } · { $address }
calendar-told-line = { $what }: { $who } { $how }, { $state }
calendar-to-citizen = Borger
calendar-to-interpreter = Tolk
calendar-to-caseworker = Sagsbehandler
calendar-by-email = på e-mail
calendar-by-sms = på sms
calendar-told-confirmation = Bekræftelse
calendar-told-reminder = Påmindelse
calendar-told-moved = Ny tid
calendar-told-cancelled = Aflysning
calendar-told-guard = Advarsel dagen før
calendar-told-earlier = Tidligere tid
calendar-told-expiry = Udløb
calendar-told-waiting = ikke sendt endnu
calendar-told-sent = sendt
calendar-told-withdrawn = taget tilbage
calendar-told-failed = kunne ikke sendes

calendar-cancel-title = Aflys { $who }?
calendar-cancel-keep = Behold aftalen
calendar-cancel-cause = Hvorfor bliver fremmødet ikke til noget?
calendar-cancel-reason = Begrundelse med egne ord
calendar-cancel-hint = Det, den næste kollega skal vide
calendar-cancel-no-cause = Vælg en årsag med 1–5.
calendar-cancel-no-reason = Skriv en begrundelse.
calendar-cancel-too-long = Højst 500 tegn.
calendar-cause-own-wish = Borgeren ønsker en anden tid
calendar-cause-paper = Et papir mangler
calendar-cause-interpreter = Ingen tolk
calendar-cause-we = Vi kan ikke tage imod
calendar-cause-wrong = Forkert skranke eller myndighed
calendar-cause-missed = Borgeren kom ikke

calendar-may-not-close = Sagsbehandlere, skrankemedarbejdere og teamledere lukker tid.
calendar-close-title = Luk tid
calendar-close-leave = Lad være
calendar-close-from = Fra
calendar-close-to = Til
calendar-close-text = Hvorfor
calendar-close-hint = Står i kalenderen
calendar-close-no-time = Skriv et klokkeslæt, der går op i fem minutter, som 9.30.
calendar-close-order = Den skal slutte, efter den begynder.
calendar-close-nowhere = Vælg hvor.
calendar-close-say-when = Skriv fra hvornår til hvornår: før der gemmes, vises det, hvem det rammer.
calendar-close-asking = Spørger, hvem det rammer …
calendar-close-not-seen = Det vides ikke endnu, hvem det rammer.
calendar-close-meets-nobody = Rammer ingen aftale
calendar-close-meets = { $count ->
    [one] Rammer 1 aftale, som skal flyttes
   *[other] Rammer { $count } aftaler, som skal flyttes
}
calendar-close-meets-one = { $time } { $who } · { $place }
calendar-close-met-meanwhile = Nogen blev booket der imens. Se listen igen.
calendar-close-saving = Det gemmes nu.
calendar-closed-that-day = Lukket den dag
calendar-open-again = Åbn igen
calendar-open-again-name = Åbn igen: { $what }

calendar-key-week = Uge
calendar-key-day = Dag
calendar-key-whose = Hvis
calendar-key-site = Sted
calendar-key-close-time = Luk tid
calendar-key-lane-before = Stedet før
calendar-key-lane-after = Stedet efter
calendar-key-undo = Fortryd flytning
calendar-key-unselect = Vælg ingen
calendar-key-move = Flyt
calendar-key-cancel = Aflys
calendar-key-arrived = Er her
calendar-key-missed = Kom ikke
calendar-key-again = Book igen
calendar-key-words = Ordret
calendar-key-leave-move = Lad den stå
calendar-key-five-earlier = 5 min. før
calendar-key-five-later = 5 min. senere
calendar-key-quarter-earlier = 15 min. før
calendar-key-quarter-later = 15 min. senere
calendar-key-choice-up = Valg ovenfor
calendar-key-choice-down = Valg nedenfor
calendar-key-choice-take = Vis
