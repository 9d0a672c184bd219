# Arbejdet på en sag: arkene, afgørelsen, to på samme sag.
work-to = Gælder { $stand } · { $name } · { $number }
work-you = dig
work-nobody = Ingen
work-quoted = »{ $text }«
work-title = Mere på sagen
work-who-hint = Navn eller enhed

case-key-ask-colleague = Spørg en kollega
case-key-course = Bero og frist
case-key-facts = Oplysninger
case-key-relate = Beslægtede sager
case-key-decision = Afgørelse
work-key-release = Giv sagen fri
work-key-ask-kind = Hvad du beder om
work-key-ask-item = Om det valgte punkt
work-key-course = Bero, genoptag eller forlæng
work-key-openness = Hvem der må læse notatet
work-key-fact = Næste oplysning
work-key-say = Sig svaret
work-key-case = Næste sag
work-key-outcome = Vælg udfaldet
work-key-language = Næste sprog
work-key-channel = Næste måde

work-empty = Skriv noget først.
work-too-long = { $by } tegn for langt. Kort det ned.
work-no-receiver = Vælg en kollega eller en enhed.
work-already-hers = Hun er allerede ansvarlig. Vælg en anden.
work-nothing-chosen = Vælg noget først.
work-too-early = Dagen er for tidlig. Skriv en senere dag.
work-not-a-number = Skriv et helt tal.
work-not-now = Det passer ikke med, hvordan sagen står nu. Luk arket, og se sagen igen.
work-not-here-yet = Svaret er ikke kommet endnu. Vent, eller spørg igen med F5.
work-nothing-differs = Sagen følger allerede den nyeste version.
work-unsent = Dine sidste vurderinger er ikke bekræftet. Send, når de er det.
work-line-down = Ingen forbindelse. En afgørelse venter, til forbindelsen er tilbage; det skrevne bliver.
work-no-authority = Vælg den myndighed, sagen sendes videre til.
work-may-not = Din rolle må ikke gøre det i denne sag.

work-assign = Hvem er ansvarlig?
work-assign-verb = Gør ansvarlig
work-assign-to = Ny ansvarlig
work-assign-now = Nu: { $name }
work-assign-nobody = Nu er ingen ansvarlig.
work-release = Giv sagen fri, så en anden kan tage den
work-release-verb = Giv fri

work-course = Sagens gang
work-course-what = Hvad gør du?
work-rest = Sæt i bero
work-resume = Genoptag
work-extend = Forlæng fristen
work-rest-means = Fristen løber ikke, mens sagen er i bero.
work-resume-means = Fristen flyttes med de dage, sagen har været i bero.
work-extend-means = Borgeren får besked om den nye frist og grunden.
work-rest-until = Til og med (kan stå tom)
work-rest-open-end = Til nogen genoptager den
work-extend-until = Ny frist
work-rests = I bero siden { $since }: { $reason }
work-deadline-now = Frist nu: { $day }
work-course-reason = Hvorfor
work-course-reason-hint = Det, borgeren og kolleger skal vide

work-ask = Spørg en kollega
work-ask-verb = Send spørgsmålet
work-ask-kind = Du beder om
work-ask-to = Til
work-ask-about = Om { $item }
work-ask-text = Spørgsmål
work-ask-hint = Hvad skal hun se på, og hvornår?
ask-expert = Faglig viden
ask-expert-means = Hun svarer på det, hun ved noget om.
ask-second-eyes = To par øjne
ask-second-eyes-means = Hun ser på sagen, før der afgøres.
ask-mention = Til orientering
ask-mention-means = Hun skal bare vide det.
ask-hand-back = Giv tilbage
ask-hand-back-means = Sagen går tilbage til hende, der havde den.
work-ask-of = til { $name }
work-ask-from = fra { $name }
work-replied = { $name }: { $text }
work-asked-by = { $name }, { $when }
work-answer = Svar en kollega
work-answer-verb = Svar
work-answer-text = Svar
work-take-back = Træk spørgsmålet tilbage
work-take-back-verb = Træk tilbage
work-take-back-then = Kollegaen skal ikke svare længere. Spørgsmålet bliver i historikken.

work-note = Notat på sagen
work-note-verb = Gem notatet
work-note-text = Notat
work-note-who = Hvem må læse det?
work-note-file = Del af sagen
work-note-internal = Internt
work-note-file-means = Borgeren kan få det at se, når der bedes om aktindsigt.
work-note-internal-means = Et arbejdspapir, der ikke udleveres, så længe det bliver i huset.

work-facts = Oplysninger
work-facts-verb = Gem oplysningerne
work-facts-none = Tjeklisten spørger ikke om noget, der kan siges her.
work-facts-lead = { $count ->
    [0] Alt, tjeklisten spørger om, er kendt.
    [one] 1 oplysning kender ingen endnu. Den står øverst.
   *[other] { $count } oplysninger kender ingen endnu. De står øverst.
}
work-facts-then = Tjeklisten retter sig efter svarene med det samme.
work-fact-said = sagt nu
work-fact-known = kendt
work-fact-unknown = ikke kendt
work-yes = Ja
work-no = Nej
work-whole-number = Helt tal

work-lift = Løft sagen til den nyeste version
work-lift-verb = Løft sagen
work-lift-from-to = Fra version { $from } til version { $to }. Det her bliver anderledes i sagen:
work-lift-same = Intet ændrer sig i denne sag.
work-lift-then = Det, der er godkendt, bliver stående. Historikken husker den gamle version.
work-lift-added = Nyt punkt
work-lift-added-not = Nyt punkt, gælder ikke her
work-lift-added-unknown = Nyt punkt; ingen ved endnu, om det gælder her
work-lift-removed = Udgår; det, der er besluttet, bliver i historikken
work-lift-changed = Ændret: { $parts }
work-lift-changed-settled = Ændret: { $parts }. Det er afsluttet og bliver det.
work-lift-part-label = navn
work-lift-part-evidence = hvad der tæller som bevis
work-lift-part-when = hvornår det gælder
work-lift-part-due = hvornår det skal være klart
work-lift-part-supplied-by = hvem der kommer med det
work-lift-part-citizen-text = teksten til borgeren
work-lift-part-other = andet

work-relate = Beslægtede sager
work-relate-verb = Knyt sammen
work-relate-apart-verb = Skil ad
work-relate-find = Find blandt borgerens sager
work-relate-hint = Sagsnummer eller navn
work-relate-together = hører sammen
work-relate-none = Ingen anden sag passer.
work-relate-partial = Ikke alle afdelinger har svaret; der kan være flere sager.
work-related = Hører sammen med: { $cases }

decision-title = Afgørelse
decision-locked = { $count ->
    [one] Låst: 1 punkt åbent
   *[other] Låst: { $count } punkter åbne
}
decision-items-open = { $count ->
    [one] 1 punkt er åbent. Det skal være afsluttet, før noget bevilges.
   *[other] { $count } punkter er åbne. De skal være afsluttet, før noget bevilges.
}
decision-proposed-by = Foreslået af sagsbehandler
decision-approved-by = Godkendt af et andet par øjne
decision-pick-from = { $count ->
    [0] ikke dig · ingen fundet
   *[other] ikke dig · vælg mellem { $count }
}
decision-not-you = ikke dig
decision-whoever-may = den, der må
decision-one-person = Én person afgør her.
decision-propose = Foreslå afgørelse
decision-decide = Afgør
decision-otherwise = Afgør på anden måde
decision-again = Foreslå igen
decision-pass-on = Send videre
decision-guided = Her vejleder vi; { $name } afgør. Send sagen videre med dens papirer.
decision-ask-second = Bed { $name } om at være den anden
decision-level-guidance = { $name } afgør. Vi vejleder.
decision-level-rules = { $name } afgør efter faste regler.
decision-level-judgement = { $name } afgør efter skøn.
decision-state-proposed = Foreslået
decision-state-sent-back = Sendt tilbage
decision-state-approved = Godkendt, ikke meddelt
decision-state-issued = Meddelt
decision-told = Meddelt { $when }, { $channel }

outcome-granted = Bevilget
outcome-partly-granted = Delvist bevilget
outcome-refused = Afslag
outcome-passed-on = Sendt videre
outcome-withdrawn = Trukket tilbage

decision-propose-title = Hvad er afgørelsen?
decision-propose-verb = Foreslå
decision-decide-verb = Afgør
decision-outcome = Afgørelse
decision-reasons = Begrundelse
decision-own-words = Kataloget har ingen begrundelser til det udfald. Skriv den selv.
decision-pass-to = Sendes videre til
decision-text-in = Det, borgeren læser · { $language }
decision-text-hint = Vælg begrundelser, eller skriv selv
decision-rewrite = Katalogets ord igen
decision-unwritten = Der er ingen tekst på { $code }; borgeren får engelsk.
decision-danish = Det samme på dansk
decision-danish-edited = På dansk, uden dine rettelser
decision-danish-none = Intet er valgt endnu.
decision-second = Hvem ser på den?
decision-second-any = Den, der må

decision-approve-title = Godkend afgørelsen?
decision-approve = Godkend
decision-approve-then = Derefter skrives brevet, og afgørelsen kan meddeles borgeren.
decision-send-back-title = Send afgørelsen tilbage?
decision-send-back = Send tilbage
decision-send-back-then = Den, der foreslog den, læser grunden og kan foreslå igen.
decision-send-back-why = Hvorfor
decision-send-back-hint = Hvad skal ændres?
decision-withdraw-title = Træk afgørelsen tilbage?
decision-withdraw = Træk tilbage
decision-withdraw-then = Sagen står igen uden afgørelse. Forslaget bliver i historikken.
decision-issue-title = Meddel afgørelsen?
decision-issue = Meddel
decision-issue-then = Derefter er sagen lukket, og intet i den ændres mere.
decision-told-by = Meddeles ved
decision-exempt = Borgeren er fritaget for Digital Post.
decision-letter = Sådan står der i brevet
decision-letter-head = { $outcome } · { $authority }

decision-refused-items = Punkter på tjeklisten er åbne.
decision-refused-already = Der er allerede en afgørelse.
decision-refused-same = Den, der foreslår, godkender ikke selv. Bed en kollega.
decision-refused-level = Din rolle må ikke afgøre i denne sag.
decision-refused-not-hers = Kun den, der foreslog den, trækker den tilbage.
decision-refused-not-now = Det kan ikke gøres nu.
decision-refused-reason = Skriv en grund.
decision-refused-guided = Her afgør en anden myndighed. Send sagen videre.

conflict-title = { $name } gemte sagen, mens du skrev
conflict-title-nobody = Sagen blev gemt af en anden, mens du skrev
conflict-lead = Intet er tabt. Vælg, hvad der er rigtigt, for hvert felt; den anden version bliver i historikken.
conflict-differ = { $count ->
    [one] 1 felt er forskelligt
   *[other] { $count } felter er forskellige
}
conflict-mine = Dit
conflict-mine-since = ikke gemt · begyndt { $time }
conflict-mine-unsaved = ikke gemt
conflict-theirs = Det, { $name } gemte
conflict-theirs-nobody = Det gemte
conflict-theirs-at = gemt { $time }
conflict-fields = Felter i sagen
conflict-kept = beholdes
conflict-same = ens
conflict-not-touched = ikke rørt
conflict-save = Gem valgene
conflict-all-theirs = Alt fra { $name }
conflict-all-theirs-key = Alt det gemte
conflict-all-mine = Alt mit
conflict-take-theirs = Tag det gemte
conflict-take-mine = Tag mit
conflict-next = Næste felt
conflict-later = Skriv videre
conflict-call = Ring til { $name }
conflict-phone = { $name }: { $phone }
conflict-no-phone = { $name } har intet nummer i telefonbogen.
conflict-phone-unknown = Telefonbogen svarer ikke.
conflict-kept-note = Det af dit, som du opgiver, gemmes som internt notat på sagen.
conflict-note = Ikke gemt, da to rettede sagen samtidig. { $field }: { $value }
conflict-unchosen = { $count ->
    [one] Vælg også for det sidste felt.
   *[other] Vælg for hvert felt; { $count } mangler.
}
conflict-not-here-yet = Sagen hentes, som den står nu. Gem, når den er her.
conflict-field-responsible = Ansvarlig
conflict-field-course = Frist og bero
conflict-field-facts = Oplysninger
conflict-field-decision = Afgørelse
conflict-field-ask = Spørgsmål til kollega
conflict-field-papers = Bedt om papirer
conflict-rest-until = I bero til og med { $day }
conflict-deadline = Frist { $day }
conflict-no-deadline = Ingen frist
conflict-version = Version { $version }
conflict-no-decision = Ingen afgørelse
conflict-taken-back = Trukket tilbage
conflict-changed = Ændret imens
conflict-booking = Booket tid
conflict-papers-asked = { $channel }, svar senest { $day }
conflict-waits = { $count ->
    [one] 1 felt blev ændret af en anden og venter på dit valg
   *[other] { $count } felter blev ændret af en anden og venter på dit valg
}
conflict-settle = Vælg

inbox-asks = Spørgsmål fra kolleger
inbox-asks-unknown = Det vides ikke, om kolleger spørger
inbox-ask-open = Åbn sagen
inbox-ask-key = Åbn det første spørgsmål
