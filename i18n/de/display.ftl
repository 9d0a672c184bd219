# Die Anzeige im Wartebereich: Nummern und Schalter, sonst nichts.

display-number = Nummer
display-go-to = Gehen Sie zu
display-welcome = Willkommen
display-nobody = Hier sehen Sie Ihre Nummer, wenn Sie an der Reihe sind.
display-waiting =
    { $count ->
        [one] { $count } wartet
       *[other] { $count } warten
    }
display-old = Diese Anzeige ist seit { $time } nicht aktuell. Fragen Sie am Empfang.
display-starting = Die Anzeige startet.
