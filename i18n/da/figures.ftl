# Tallene til teamlederen. Ord mellem stjerner træder frem.

figures-title = { $site }, { $of }
figures-all-departments = Borgerservice
figures-leaders-only = Tallene er til teamledere. Din er køen: Ctrl 1.
figures-waiting-who = Tallene åbner, så snart det er kendt, hvem du er.
figures-counting = Tæller …
figures-failed = Tallene kom ikke.
figures-stale = Vist som kl. { $time }. { $why }
figures-nobody = Der blev ikke talt noget i den periode.

figures-week = Uge
figures-month = Måned
figures-quarter = Kvartal
figures-week-of = Uge { $week }, { $year }
figures-quarter-of = { $quarter }. kvartal { $year }
figures-month-name = { $month ->
    [m1] januar
    [m2] februar
    [m3] marts
    [m4] april
    [m5] maj
    [m6] juni
    [m7] juli
    [m8] august
    [m9] september
    [m10] oktober
    [m11] november
   *[m12] december
}
figures-in-week = uge { $week }
figures-in-quarter = { $quarter }. kvartal
figures-compare-with = Sammenlign: { $period }
figures-compare-nothing = Sammenlign: fra
figures-department-all = Alle forvaltninger
figures-earlier-name = Tidligere
figures-later-name = Senere
figures-counts = { $visits } besøg · { $calls } opkald · talt { $day } kl. { $time }
figures-export = Eksportér
figures-exporting = Eksporterer …
figures-exported = Gemt som { $name }.
figures-export-failed = Filen blev ikke gemt. { $why }
figures-not-written = Der kunne ikke skrives dér: vælg en anden mappe.
figures-export-title = Gem tallene

figures-say-rebooked = I { $period } måtte *{ $count } borgere* komme to gange.
figures-say-rebooked-one = I { $period } måtte *1 borger* komme to gange.
figures-say-rebooked-more = I { $period } måtte *over { $count } borgere* komme to gange.
figures-say-rebooked-nobody = I { $period } måtte *ingen* komme to gange.
figures-say-paper = *{ $count }* af dem manglede et papir, som vi kunne have bedt om.
figures-say-paper-down = *{ $count }* af dem manglede et papir, som vi kunne have bedt om; i { $period } var det *{ $before }*.
figures-say-paper-up = *{ $count }* af dem manglede et papir, som vi kunne have bedt om; i { $period } var det kun *{ $before }*.
figures-say-paper-same = *{ $count }* af dem manglede et papir, som vi kunne have bedt om, lige så mange som i { $period }.
figures-say-waited = Den midterste ventede *{ $minutes } minutter*.
figures-say-waited-long = Den midterste ventede *{ $minutes } minutter*; *{ $count }* ventede mere end { $long }.

figures-waiting-title = Ventetid
figures-waiting-within = { $percent } % kaldt inden for { $aim } min. Besøg efter minutters ventetid
figures-waiting-plain = Besøg efter minutters ventetid
figures-waiting-foot = n = { $count }. De kraftige søjler er inden for målet.
figures-median = median { $minutes }
figures-aim = mål { $minutes }
figures-ninetieth = 9 af 10 inden for { $minutes }
figures-few = Færre end 5: for få til at vise.

figures-meetings-title = Mødets længde
figures-meetings-sub = Det midterste besøg, og hvor 8 af 10 ligger. Minutter
figures-minutes = min
figures-n = n

figures-first-title = Løst ved første kontakt
figures-first-sub = { $percent } % i uge { $week }. Andel af besøg, skala fra 0
figures-first-plain = Andel af besøg, uge for uge, skala fra 0
figures-first-foot = Ingen ny kontakt om samme sag i 14 dage. Åbne prikker: ikke omme endnu.
figures-no-data = ingen data
figures-week-short = u { $week }
figures-week-long = uge { $week }
figures-percent = { $percent } %

figures-rebooked-title = Måtte komme igen
figures-rebooked-sub = { $count } nye aftaler. Streg: { $period }
figures-rebooked-plain = { $count } nye aftaler
figures-rebooked-foot = Mål for »et papir manglede«: { $aim }.
figures-cause-own-wish = Borgerens eget ønske
figures-cause-paper-missing = Et papir manglede
figures-cause-no-interpreter = Ingen tolk
figures-cause-we-cancelled = Vi aflyste
figures-cause-wrong-counter = Forkert skranke
figures-cause-missed = Udeblev

figures-channels-title = Hvor folk når os, efter livssituation
figures-channels-sub = Henvendelser i { $period }. Jo kraftigere, jo flere. Selvbetjening tæller kun færdige blanketter
figures-channel-counter = Skranke
figures-channel-phone = Telefon
figures-channel-digital-post = Digital Post
figures-channel-self-service = Selvbetjening
figures-channel-letter = Brev
figures-channel-email = E-mail
figures-channel-sms = Sms
figures-all = Alle

figures-booked-title = Andel med aftale
figures-booked-sub = Besøg til en aftalt tid, af hundrede
figures-booked-foot = Mål: { $aim } % med aftale.
figures-stands-title = Standere
figures-stands-sub = Besøg, som en stander tog, af hundrede
figures-stands-time = Halvdelen bruger en stander i op til { $median } min, 9 af 10 i op til { $ninetieth } min.
figures-stands-time-few = For få brugte en stander til at sige, hvor længe det tager.
figures-before = { $period }: { $percent } %
figures-today-title = I dag
figures-today-sub = Som kl. { $time }
figures-today-waiting = Venter nu
figures-today-longest = Længste ventetid
figures-today-served = Betjent i dag
figures-today-booked = Andel med aftale
figures-today-open = Åbne skranker
figures-today-of = { $open } af { $all }
figures-today-minutes = { $minutes } min

figures-foot-few = Færre end 5 vises som <5.
figures-foot-nobody = Intet tælles pr. medarbejder.
figures-foot-gap = { $department } leverede ingen data { $from }–{ $to }: uge { $week } står åben og er ikke skønnet.
figures-foot-begins = Der blev ikke talt noget før { $day }: { $period } kan ikke sammenlignes.

figures-table-minutes = Minutter
figures-table-visits = Besøg
figures-table-matter = Sag
figures-table-tenth = 1 af 10
figures-table-median = Halvdelen
figures-table-ninetieth = 9 af 10
figures-table-week = Uge
figures-table-share = Andel
figures-table-state = Tilstand
figures-table-cause = Årsag
figures-table-count = Antal
figures-table-provisional = 14 dage løber endnu
figures-table-counted = Talt
figures-table-few = Færre end 5
figures-table-measure = Måling
figures-table-now = I { $period }
figures-table-aim = Mål
figures-chart-name = { $title }. { $sub }
figures-table-name = Tabel: { $title }. { $sub }

figures-key-week = Uger
figures-key-month = Måneder
figures-key-quarter = Kvartaler
figures-key-earlier = Tidligere
figures-key-later = Senere
figures-key-compare = Sammenlign
figures-key-department = Forvaltning
figures-key-site = Sted
figures-key-table = Tabel
figures-key-previous-chart = Diagrammet før
figures-key-next-chart = Næste diagram
figures-key-export = Eksportér
figures-key-ask-again = Tæl igen
