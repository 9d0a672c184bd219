# Was die Bürgerin selbst auf dem gedrehten Bildschirm liest. Keine anderen Personen, keine Nummern, keine Notizen.

turned-greeting = Guten Tag, { $name }
turned-intro = Das sehen wir uns heute zusammen an.
turned-ready = Alle Unterlagen sind in Ordnung. Sie müssen nichts mehr mitbringen.
turned-missing = Uns fehlt noch: { $papers }.
turned-missing-more = Uns fehlt noch: { $papers } und { $more } weitere.
turned-checking = Wir haben, was wir brauchen, und prüfen es.
turned-in-progress = Wir arbeiten daran. Sie müssen jetzt nichts tun.
turned-closed = Abgeschlossen.
turned-appointment = Ihr Termin ist am { $day } um { $time } Uhr.
turned-more = Es gibt { $count } weitere. Fragen Sie uns.
turned-unknown = Noch nicht alle Abteilungen haben geantwortet. Vielleicht gibt es mehr.
turned-nothing = Zu Ihnen ist hier nichts offen.
turned-fallback = Diese Seite haben wir nicht in Ihrer Sprache. Hier ist sie auf Englisch.
turned-language = Sprache
turned-back = Zurückdrehen
turned-faces = Der Bildschirm zeigt zur Bürgerin
turned-hidden = Ausgeblendet: CPR-Nummer, Adresse, Notizen, Kontakte, andere Personen, Suche und Fristen der Behörde
