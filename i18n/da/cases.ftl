# Listen over sager.

cases-name = Sager
cases-all = Alle
cases-in-progress = I gang
cases-awaiting-citizen = Afventer borger
cases-ready = Klar til fremmøde
cases-closed = Lukket
cases-head-status = Status
cases-head-department = Forv.
cases-head-case = Sag
cases-head-deadline = Frist
cases-head-missing = Mangler
cases-head-step = Næste skridt
cases-head-responsible = Ansvarlig
cases-deadline-name = frist { $day }
cases-missing-name = mangler: { $papers }
cases-missing-more = {", "}{ $count } mere
cases-missing-count = { $count ->
    [one] 1 papir
   *[other] { $count } papirer
}
cases-you = Dig
cases-step-citizen-sends = Borger sender papirer
cases-step-check = { $count ->
    [one] Se på 1 nyt papir
   *[other] Se på { $count } nye papirer
}
cases-step-book = Book en tid
cases-step-attendance = Fremmøde
cases-step-attendance-at = Fremmøde { $day } { $time }
cases-step-decide = Afgørelse
cases-step-issue = Udsted
cases-none = Der er ingen sag, som din rolle må se.
cases-none-in-column = Her er ingen sager nu. Pilene ← og → fører til de andre lister.
cases-no-rows = Der er ingen sag på denne liste.
cases-more = Hent flere
cases-count = { $count ->
    [one] 1 sag, alle vist
   *[other] { $count } sager, alle vist
}
cases-count-more = { $count } sager vist, flere følger længere nede
cases-as-at = som kl. { $time }
cases-key-up = Op
cases-key-down = Ned
cases-key-open = Åbn
cases-key-filter-before = Forrige liste
cases-key-filter-after = Næste liste
cases-key-page-up = Side op
cases-key-page-down = Side ned
cases-key-first = Første sag
cases-key-last = Sidste sag
cases-key-ask-again = Spørg igen
