# Ledige tider, bookingen der skrives, ventelisten, kalenderfeedet.

booking-for = Til
booking-for-name = Til: { $title }
booking-for-query = Hvad gælder det?
booking-for-hint = Skriv en sagstype
booking-for-none = Ingen sagstype med fremmøde hedder det.
booking-no-other-case = Ingen anden åben sag hos borgeren kræver fremmøde.
booking-meeting = Møde
booking-anything = Alle sagstyper
booking-title-and = { $title } + { $count }
booking-interpreter = Tolk: { $language }
booking-step-free = Uden trin
booking-before-work = Før arbejde
booking-own = Egen sagsbehandler: { $name }
booking-anyone = Enhver der kan
booking-that-day = Kun { $day }
booking-at-sites = I { $sites }
booking-sites-unfold = Andre steder
booking-sites-fold = Fold steder ind
booking-you = dig

booking-earliest = De tre tidligste
booking-later-three = Senere tider
booking-interpreter-free = { $first } · tolken er ledig i alle
booking-first-ones = De tidligste igen
booking-free-idle = F finder de tidligste ledige tider.
booking-free-none = Ingen ledig tid på { $length } blev fundet. Prøv et andet sted eller en kortere tid.
booking-free-none-interpreter = Ingen ledig tid på { $length } med tolk ({ $language }) blev fundet. Prøv et andet sted.
booking-free-no-more = Der er ingen senere ledige tider.
booking-free-failed = Ledige tider kendes ikke
booking-free-stale = Tiderne kan være taget nu

booking-none = Åbn en borger først: Ctrl K. Så begynder B en booking.
booking-none-here = Begynd en booking først: B.
booking-nothing-to-attend = Vælg først en sag med fremmøde på borgerens side.
booking-no-case = Vælg en sag, som mødet gælder.
booking-no-time = Tag en ledig tid først: 1, 2 eller 3.
booking-past = Tiden er forbi. Tag en anden.
booking-list-awaited = Det beregnes, hvad der skal medbringes.
booking-list-unknown-first = Det vides ikke, hvad der skal medbringes. Tryk Y for at booke uden listen, eller F5 for at spørge igen.
booking-warned-first = Læs advarslen først. Tryk Y for at booke alligevel.
booking-holding = Det sikres, at tiden stadig er ledig.

booking-head = Booking
booking-not-sent = Ikke sendt endnu
booking-when = Tid
booking-when-what = { $day }, { $time }
booking-when-open = Tag en tid med 1–3
booking-where = Sted
booking-with = Hos
booking-with-you = Dig, { $name }
booking-interprets = Tolk
booking-people = { $count ->
    [one] 1 person
   *[other] { $count } personer
}

booking-keeping = Tiden holdes til dig …
booking-kept = Holdes til dig indtil { $time }.
booking-no-longer-kept = Tiden holdes ikke længere til dig. Når du booker, prøves den igen.
booking-cannot-keep = Tiden kunne ikke holdes. { $why } Du kan booke den alligevel; en anden kan komme først.
booking-taken = { $time } blev taget af en anden lige nu. Tag en anden tid.
booking-not-free = Den ønskede tid er ikke ledig. Det her er de nærmeste.
booking-not-written = Bookingen kunne ikke skrives ned. Prøv igen.
booking-line-down = Ingen forbindelse. Bookingen gemmes her og sendes, når forbindelsen er tilbage; en anden kan nå at tage tiden.

booking-must-bring = Skal medbringes
booking-from-cases = fra { $count } sager
booking-brings-nothing = Intet: alt, der kræves, er her.
booking-need-not = Skal ikke medbringes
booking-approved = { $paper }, godkendt { $day }
booking-list-unknown = Det kunne ikke hentes, hvad der skal medbringes. Book uden listen?
booking-known-missing = Det vides at mangle: { $papers }.
booking-goes-without-list = Der bookes uden listen over, hvad der skal medbringes.
booking-without-list = Book uden listen

booking-missing = Der vil mangle et papir
booking-missing-why = Mangler: { $papers }. Uden det kan intet afgøres, og turen ville være spildt.
booking-needless = Ingen behøver at møde op
booking-needless-why = { $title } er afgjort, eller intet i den kræver fremmøde.
booking-no-interpreter = Ingen tolk
booking-no-interpreter-why = Der er brug for tolk ({ $language }), og ingen er valgt.
booking-joins = Der er et andet besøg den uge
booking-joins-why = { $place }, { $day } kl. { $time }. Begge dele kan klares samme dag.
booking-could-cover = En sag til kan klares
booking-could-cover-why = { $title } kan klares ved samme besøg.
booking-covers = { $count ->
    [2] Ét besøg dækker to sager
    [3] Ét besøg dækker tre sager
   *[other] Ét besøg dækker { $count } sager
}
booking-covers-why = Klares ved samme besøg: { $titles }.
booking-accepted = Bookes alligevel. { $why }
booking-do-not-book = Book ikke

booking-texts = Det der sendes
booking-script = Til oplæsning ({ $language })
booking-receiver = { $to }, { $how } · { $address }
booking-to-citizen = Til borgeren
booking-to-interpreter = Til tolken
booking-to-caseworker = Til sagsbehandleren
booking-by-email = e-mail
booking-by-sms = sms
booking-in-language = Sendes på { $language }
booking-nothing-sent = Intet kan sendes: ingen e-mailadresse og intet telefonnummer må bruges. Læs listen højt, eller send et brev.
booking-sent-both = Listen følger med bekræftelsen på e-mail og sms på { $language }.
booking-sent-email = Listen følger med bekræftelsen på e-mail på { $language }.
booking-sent-sms = Listen følger med bekræftelsen på sms på { $language }.
booking-reminder = En påmindelse sendes { $day }.

booking-comes-again = Kommer igen, fordi
booking-after-missed = Træder i stedet for den tid, hvor borgeren udeblev. Intet skal skrives igen.
booking-cause-own-wish = Eget ønske
booking-cause-paper-missing = Papir mangler
booking-cause-no-interpreter = Ingen tolk
booking-cause-we-cancelled = Vi aflyste
booking-cause-wrong-counter = Forkert skranke
booking-wants-earlier = Vil også gerne have en tidligere tid
booking-no-time-suits = Passer ingen tid? Ventelisten tilbyder tidligere tider, når de bliver ledige.

booking-waiting = Venteliste
booking-waiting-count = { $count ->
    [0] Ingen venter på en tidligere tid i { $site }.
    [one] 1 venter på en tidligere tid i { $site }.
   *[other] { $count } venter på en tidligere tid i { $site }.
}
booking-waiting-failed = Ventelisten kendes ikke
booking-waiting-stale = Ventelisten kan være gammel
booking-nobody-waits = Ingen venter på en tidligere tid.
booking-freed = { $day }, { $time } er ledig
booking-freed-where = { $place } · { $minutes } min.
booking-who-fits = Hvem passer bedst
booking-nobody-fits = Ingen på ventelisten passer til tiden.
booking-days-won = { $days ->
    [0] samme dag
    [one] 1 dag før
   *[other] { $days } dage før
}
booking-minutes-left = { $minutes } min. til overs
booking-fits-exactly = passer præcist
booking-papers-ready = papirer klar
booking-papers-open = papirer åbne
booking-papers-missing = { $count ->
    [one] 1 papir mangler
   *[other] { $count } papirer mangler
}
booking-has-time = har { $day }
booking-before = før { $day }

booking-feed = Kalenderfeed
booking-feed-what = Viser dine aftaler i dit eget kalenderprogram: tider, steder og initialer. Ingen navne, intet sagsindhold.
booking-feed-secret = Den, der har adressen, kan læse det. En ny adresse gør den gamle ugyldig.
booking-feed-once = Kopiér den nu: den vises ikke igen.
booking-feed-failed = Feedet blev ikke lavet

booking-key-begin = Book
booking-key-for = Hvad det gælder
booking-key-later = Senere tider
booking-key-later-time = Senere tid
booking-key-book = Book og send
booking-key-accept = Book alligevel
booking-key-ask-papers = Bed om papirer først
booking-key-join = Samme dag
booking-key-cover = Klar den også
booking-key-interpreter = Med tolk
booking-key-texts = Ord for ord
booking-key-script = Læs højt
booking-key-list = Medbringes
booking-key-language = Sprog
booking-key-earlier = Også tidligere tid
booking-key-wait = Sæt på ventelisten
booking-key-waiting = Venteliste
booking-key-again = Book igen
booking-key-feed = Kalenderfeed
booking-key-close = Luk
booking-key-one-up = Den ovenfor
booking-key-one-down = Den nedenfor
booking-key-withdraw = Tag af listen
booking-key-offer = Book denne tid
booking-key-make-feed = Lav en adresse
booking-key-new-feed = Lav en ny adresse
booking-key-copy = Kopiér
