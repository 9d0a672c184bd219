# Det, der er gjort her og ikke er bekræftet.

outbox-title = Udbakke
outbox-name = Det, der ikke er sendt
outbox-count = { $count ->
    [one] 1 ikke sendt
   *[other] { $count } ikke sendt
}
outbox-refused-count = { $count ->
    [one] 1 afvist
   *[other] { $count } afvist
}
outbox-line-up = Sendes i denne rækkefølge, én ad gangen. Det, der er bekræftet, forlader listen.
outbox-line-starting = Leder efter serveren. Det, der ligger her, sendes i denne rækkefølge.
outbox-line-down = Ingen forbindelse siden { $since }. Alt her er gemt krypteret på denne maskine og sendes i denne rækkefølge, når forbindelsen er tilbage.
outbox-not-written = Den sidste ændring kunne ikke gemmes og er ikke foretaget. Gør det igen; bliver det ved, så sig det til it-afdelingen.
outbox-reading = Læser, hvad der ligger her på maskinen …
outbox-empty = Alt er sendt
outbox-empty-why = Intet venter her. Det, du gør, står her, til serveren har bekræftet det.
outbox-numbered = { $number }. { $title }
outbox-item = { $verb }: { $item }
outbox-booking = Book { $day }, { $time }
outbox-appointment-cancelled = Aflys { $day }, { $time }
outbox-appointment-arrived = Er her: { $day }, { $time }
outbox-appointment-fulfilled = Afholdt: { $day }, { $time }
outbox-appointment-noshow = Mødte ikke op: { $day }, { $time }
outbox-appointment-booked = Booket: { $day }, { $time }
outbox-appointment-moved = Flyttet til: { $day }, { $time }
outbox-reason = »{ $reason }«
outbox-state-waits = Venter på sin tur
outbox-state-waits-line = Venter på forbindelsen
outbox-state-sending = Sendes nu
outbox-state-unknown = Sendt, intet svar endnu
outbox-state-refused = Afvist
outbox-state-held = Venter på den afviste
outbox-now = Den står som: { $state }.
outbox-now-by = Den står som: { $state }, { $by }, { $at }.
outbox-only-refused = Kun det, der blev afvist, sendes igen i hånden; resten går af sig selv.
outbox-under-way = Den er undervejs, og ingen ved endnu, om den er foretaget. Vent på svaret.
outbox-discard-ask = Kassér …
outbox-discard-question = Kassér denne ændring? Det, du gjorde og skrev her, går tabt; på serveren ændres intet.
outbox-key-up = Op
outbox-key-down = Ned
outbox-key-open-case = Åbn sag
outbox-key-retry = Send igen
outbox-key-discard = Kassér
outbox-key-keep = Behold
outbox-key-edit = Ret
outbox-key-copy = Kopiér teksten
outbox-edit-under-way = Den er undervejs, og ingen ved endnu, om den er foretaget. Den kan rettes, når svaret er der.
outbox-edit-no-words = Den rummer ingen ord fra dig. Kassér den, og gør det om, hvor du gjorde det.
outbox-age-minutes = { $count ->
    [one] 1 minut gammel
   *[other] { $count } minutter gammel
}
outbox-age-hours = { $count ->
    [one] 1 time gammel
   *[other] { $count } timer gammel
}
outbox-age-days = { $count ->
    [one] 1 dag gammel
   *[other] { $count } dage gammel
}
outbox-tried = { $count ->
    [one] forsøgt én gang, { $at }
   *[other] forsøgt { $count } gange, sidst { $at }
}
outbox-follows = følger efter nummer { $number }
outbox-goes-along = { $count ->
    [one] Denne bygger på den og går med:
   *[other] Disse { $count } bygger på den og går med:
}
deed-note-written = Skriv en note
deed-note-changed = Ret en note
deed-promise-given = Giv et løfte
deed-promise-settled = Afslut et løfte
deed-situation-opened = Åbn en livssituation
deed-situation-declined = Afvis en foreslået livssituation
deed-situation-changed = Ret en livssituation
deed-case-started = Start en sag
deed-change-reported = Meld en ændring
deed-papers-asked = Bed om papirer i ét brev
deed-contact-registered = Registrer henvendelsen
deed-handed-over = Overdrag
deed-handover-changed = Svar på en overdragelse

# Work on cases
deed-case-assigned = Skift ansvarlig
deed-course-changed = Ændr frist eller bero
deed-facts-said = Notér oplysninger
deed-cases-related = Knyt sager sammen eller skil dem ad
deed-decision-proposed = Foreslå afgørelse
deed-decision-changed = Før afgørelsen videre
deed-colleague-asked = Spørg en kollega
deed-ask-changed = Svar en kollega
deed-case-note-written = Skriv et notat på sagen
deed-document-changed = Flyt et dokument
deed-request-changed = Ændr høringen
deed-application-finished = Gør en ansøgning færdig
deed-earlier-time-wished = Skriv op til en tidligere tid
deed-earlier-time-ended = Fjern fra ventelisten
