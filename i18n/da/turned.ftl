# Det, borgeren selv læser på den vendte skærm. Ingen andre personer, ingen numre, ingen noter.

turned-greeting = Goddag, { $name }
turned-intro = Det er det, vi ser på sammen i dag.
turned-ready = Alle papirer er i orden. Du skal ikke tage mere med.
turned-missing = Vi mangler: { $papers }.
turned-missing-more = Vi mangler: { $papers } og { $more } mere.
turned-checking = Vi har fået det, vi skal bruge, og ser på det.
turned-in-progress = Vi arbejder på det. Du skal ikke gøre noget nu.
turned-closed = Afsluttet.
turned-appointment = Din tid er { $day } kl. { $time }.
turned-more = Der er { $count } mere. Spørg os.
turned-unknown = Vi har ikke fået svar fra alle afdelinger endnu. Der kan være mere.
turned-nothing = Vi har ikke noget åbent om dig her.
turned-fallback = Vi har ikke denne side på dit sprog. Her er den på engelsk.
turned-language = Sprog
turned-back = Vend skærmen tilbage
turned-faces = Skærmen vender mod borgeren
turned-hidden = Skjult, mens skærmen er vendt: CPR-nummer, adresse, noter, henvendelser, andre borgere, søgning og myndighedens frister
