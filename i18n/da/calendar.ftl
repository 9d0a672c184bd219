# Kalenderen: en uge ved en skranke, ledige tider, den booking, der skrives på.

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
calendar-papers-due = { $due ->
    [0] Ingen papirer skal være klar før fremmødet
    [one] 1 papir skal være klar før fremmødet
   *[other] { $due } papirer skal være klar før fremmødet
}
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
calendar-for = Til
calendar-for-nobody = Ingen booking. B på en borgers eller en sags side begynder en.
calendar-meeting = Møde
calendar-length = Længde
calendar-people = Personer
calendar-minutes = { $minutes } min.
calendar-less = { $what }: mindre end { $value }
calendar-more = { $what }: mere end { $value }
calendar-no-further = Længere går det ikke.
calendar-where = Skranke
calendar-earliest = De første tre
calendar-free-idle = F finder de første ledige tider ved denne skranke.
calendar-free-none = Der blev ikke fundet nogen ledig tid på { $length } ved denne skranke. Prøv en anden skranke eller en kortere længde.
calendar-free-failed = De ledige tider kendes ikke
calendar-free-stale = Tiderne kan være taget i mellemtiden
calendar-comma-time = {", "}{ $time }
calendar-place-and-length = { $place } · { $length }
calendar-take-name = { $day }, { $time }, { $place }
calendar-no-booking = Begynd en booking først: B på en borgers eller en sags side.
calendar-no-time-taken = Tag en ledig tid først: 1, 2 eller 3.
calendar-nobody-that-day = Ingen har en aftale den dag.

calendar-booking = Booking
calendar-not-booked-yet = Ikke booket endnu
calendar-day-label = Dag
calendar-time = Tid
calendar-when-open = Tag en tid med 1–3
calendar-must-bring = Skal medbringes
calendar-all-approved-why = Alle papirer, der skal være klar før fremmødet, er godkendt.
calendar-line-down = Ingen forbindelse. Bookingen gemmes her og sendes, når forbindelsen er tilbage; en anden kan nå at tage tiden.

calendar-appointment = Aftale
calendar-covers = Ét fremmøde dækker { $count } sager.
calendar-none-chosen = Ingen aftale er valgt.
calendar-hint-choose = vælger en af dagens aftaler
calendar-hint-book = på en borgers eller en sags side begynder en booking

calendar-key-find = Find tid
calendar-key-take = Tag denne tid
calendar-key-book = Book
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
