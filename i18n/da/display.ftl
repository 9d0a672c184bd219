# Kaldetavlen i venteværelset: numre og skranker, intet andet.

display-number = Nummer
display-go-to = Gå til
display-welcome = Velkommen
display-nobody = Du ser dit nummer her, når det er din tur.
display-waiting =
    { $count ->
        [one] { $count } venter
       *[other] { $count } venter
    }
display-old = Tavlen er ikke opdateret siden { $time }. Spørg i modtagelsen.
display-starting = Tavlen starter.
