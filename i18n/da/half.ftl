# Det, der var skrevet og ikke sendt, da et vindue lukkede, på startsiden.

half-title = Halvt skrevet
half-take-up = Skriv videre
half-discard = Kassér
half-discard-really = Kassér for altid
half-discard-question = Kassér det? Det, der er skrevet, går tabt.
half-keep = Behold
half-unreadable = { $count ->
    [one] 1 halvt skrevet tekst kunne ikke læses. Den er fra en anden version af Skranke, eller filen er beskadiget.
   *[other] { $count } halvt skrevne tekster kunne ikke læses. De er fra en anden version af Skranke, eller filen er beskadiget.
}
half-seen = Luk
half-nowhere = Der er ingen forbindelse, og intet kan gemmes på denne maskine. Det, du skriver her, er der kun, så længe vinduet er åbent.
half-wrap-up = Afslutning
half-note = Note
half-promise = Løfte
half-letter = Brev om papirer
half-handover = Overdragelse
half-situation = Livssituation
half-change = Meldt ændring
half-sheet = Ark
half-course = Frist eller bero
half-ask = Spørgsmål til en kollega
half-answer = Svar til en kollega
half-case-note = Notat på sagen
half-facts = Oplysninger
half-decision = Afgørelse
half-step = Ord til afgørelsen
half-reason = Begrundelse
half-request = Brev om det, der mangler
half-call = Kaldt uden for tur
half-transfer = Sendt videre
half-ticket = Nyt nummer
half-send-off = Det, der hentes
half-help = Bøn om hjælp
half-booking = Booking
half-cancel = Aflysning
half-closing = Lukketid
half-reply = Svar på en overdragelse

# Words that say why something is not on disk.
error-half-written = Det, du skriver, kan ikke gemmes på denne maskine lige nu ({ $why }). Det er i behold, så længe vinduet er åbent. Sig det til it-afdelingen, hvis det bliver ved.
error-sent-meanwhile = Den blev sendt i mellemtiden, som den var før. Det, du skrev nu, er her endnu; intet af det er sendt.
