# Log på på et kontor, låsen der, pinkoden, adgangssætningen, log af.

signin-title = Log på
signin-lead = Din browser åbner kommunens egen log på-side. Når du er færdig dér, går Skranke videre af sig selv.
signin-verb = Log på
signin-resuming = Finder dit login
signin-wait = Det tager et øjeblik.
signin-leaving = Logger af
signin-left = Dit login gives tilbage til kommunens log på-tjeneste.
signin-waiting-title = Venter på browseren
signin-waiting = Log på dér; Skranke går videre af sig selv. Der ventes til kl. { $time }.
signin-by-hand = Der kunne ikke åbnes en browser her. Åbn selv denne adresse i en browser på denne maskine; Skranke venter til kl. { $time }.
signin-copy-address = Kopiér adressen
signin-cancel = Annuller
signin-kept = Dit login gemmes i maskinens nøglering, til du logger af.
signin-each-time-missing = Du logger på, hver gang Skranke starter: maskinen har ingen nøglering, der kan gemme dit login sikkert.
signin-each-time-locked = Du logger på, hver gang Skranke starter: maskinens nøglering er låst, så intet kan gemmes i den.
signin-each-time-failed = Du logger på, hver gang Skranke starter: maskinens nøglering ville ikke gemme dit login.

signin-error-offline = Log på-tjenesten kan ikke nås. Intet er tabt. Se efter netværket, og prøv igen.
signin-error-provider = Log på-tjenesten gav et svar, der ikke kan bruges ({ $reason }). Prøv igen; sker det igen, så sig det til din support.
signin-error-refused = Du blev ikke logget på: browseren kom tilbage med et nej. Prøv igen, eller spørg din support, hvis du skulle have adgang.
signin-error-browser = Der kunne ikke åbnes en browser på denne maskine. Sig til din support, hvilken browser du bruger.
signin-error-somebody-else = En anden loggede på. Vinduet er { $name }s og bliver ved med at være låst. Log på som { $name }, eller vælg ”En anden”.
signin-error-timed-out = Ingen kom tilbage fra browseren i tide. Prøv igen.
signin-error-machine = Noget på denne maskine er i vejen ({ $reason }). Prøv igen; sker det igen, så sig det til din support.
signin-error-not-known-here = Dit login er i orden, men sagssystemet kender dig ikke. Bed din teamleder om at få din adgang oprettet, og log så på igen.
signin-error-not-told = Du er logget af her, men log på-tjenesten kunne ikke få det at vide. Luk også din browser.

signin-closed-nothing = Uden forbindelse kan intet åbnes på denne maskine: ingen var logget på her, eller vedkommende har logget af.
signin-closed-no-pin = Det, du har set på denne maskine, forbliver lukket, til du kan logge på: du har ikke valgt en pinkode, der åbner det uden forbindelse.
signin-closed-pin-spent = Pinkoden var forkert fem gange. Det, du har set på denne maskine, forbliver lukket, til du kan logge på.
signin-closed-too-old = Du var sidst logget på her for mere end en uge siden. Det, du har set på denne maskine, forbliver lukket, til du kan logge på.

signin-keep-title = Hvordan gemmes det usendte?
signin-keep-lead = Maskinen har ingen nøglering til en nøgle. Vælg en adgangssætning, så gemmes det, der ikke er sendt endnu, forseglet her. Du bliver spurgt om den, hver gang du logger på.
signin-words = Adgangssætning
signin-words-again = En gang til
signin-keep-verb = Brug adgangssætningen
signin-keep-nothing = Gem intet
signin-keep-nothing-what = Gemmes intet, kan intet ændres, mens forbindelsen er nede.
signin-words-title = Din adgangssætning
signin-words-lead = Den åbner det, der ikke var sendt, da du var her sidst.
signin-words-verb = Åbn
signin-words-trying = Åbner …
signin-words-forgot = Jeg har glemt den
signin-words-offline = Der er ingen forbindelse, så ingen kan logge på. Har du valgt en adgangssætning på denne maskine, åbner den det, du har set her, det usendte og det halvt skrevne.
signin-words-wrong = Det er ikke den adgangssætning, du valgte på denne maskine. Intet er ændret. Prøv igen.
signin-words-failed = Adgangssætningen kunne ikke prøves: maskinens disk siger nej. Intet er ændret. Prøv igen, eller sig det til din support.
signin-words-short = Vælg mindst { $count } tegn: tre eller fire ord er lette at huske.
signin-words-differ = De to er ikke ens. Skriv begge igen.
signin-not-kept = Intet blev ændret. Der er ingen forbindelse, og det usendte gemmes ikke sikkert på denne maskine, så det må vente, til forbindelsen er tilbage. Det, du har skrevet, står der endnu.
forget-title = Vælg en anden adgangssætning?
forget-then = Det, der blev gemt med den glemte, forbliver lukket for altid. Det lægges til side og slettes ikke.
forget-verb = Vælg en anden
forget-stay = Prøv videre

locked-ended = Dit login er udløbet eller taget tilbage, så vinduet låste sig. Det, du havde åbent og skrev, er her endnu: log på igen. Her vises ingen borgers navn eller nummer.
locked-restarted-waits = { $name } var logget på, da Skranke sluttede. Det, der blev set på denne maskine, det usendte og det halvt skrevne er her endnu.
locked-restarted = Skranke startede og kunne ikke spørge nogen. Her vises ingen borgers navn eller nummer.
locked-how = Når du låser op, åbner browseren, hvor du logger på igen.
locked-sign-in-instead = Log på
locked-pin = Pinkode
locked-pin-hint = Pinkode
locked-pin-why = Der er ingen forbindelse, så din pinkode åbner vinduet.
locked-pin-wrong = { $left ->
    [0] Det var ikke din pinkode, fem gange. Nu åbner vinduet kun, når du logger på.
    [one] Det er ikke din pinkode. Du har ét forsøg tilbage.
   *[other] Det er ikke din pinkode. Du har { $left } forsøg tilbage.
}
locked-pin-not-tried = Pinkoden kunne ikke prøves: maskinens disk siger nej. Log på i stedet.

settings-pin = Pinkode uden net
pin-title = Pinkode til låsen
pin-what = Mens der ingen forbindelse er, åbner pinkoden låsen. Med forbindelse logger du på. Efter fem forkerte forsøg hjælper kun at logge på.
pin-digits = Pinkode, 4 til 8 cifre
pin-again = Pinkode igen
pin-keep = Gem pinkoden
pin-leave = Lad være
pin-drop = Ingen pinkode mere
pin-shape = En pinkode er 4 til 8 cifre.
pin-differs = De to er ikke ens.
pin-none = Ingen valgt
pin-set = Valgt
pin-choose = Vælg …
pin-change = Skift …
pin-kept = Din pinkode åbner låsen, mens der ingen forbindelse er
pin-dropped = Der er ingen pinkode mere
pin-not-kept = Pinkoden kunne ikke gemmes, så det, der var, gælder endnu: { $why }

key-sign-out = Log af
signout-title = Log af?
signout-then = { $unsent ->
    [0] Alt dit lukkes på denne maskine. Halvskrevet tekst kommer tilbage, når du logger på her igen.
    [one] 1 ændring er ikke sendt: den bliver på maskinen, forseglet, og sendes, når du logger på igen.
   *[other] { $unsent } ændringer er ikke sendt: de bliver på maskinen, forseglet, og sendes, når du logger på igen.
}
signout-then-lost = { $unsent ->
    [one] 1 ændring er ikke sendt, og denne maskine kan ikke gemme den sikkert. Den ville gå tabt.
   *[other] { $unsent } ændringer er ikke sendt, og denne maskine kan ikke gemme dem sikkert. De ville gå tabt.
}
signout-verb = Log af
signout-stay = Bliv
