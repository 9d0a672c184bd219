# Tablica w poczekalni: numery i okienka, nic więcej.

display-number = Numer
display-go-to = Proszę podejść do
display-welcome = Witamy
display-nobody = Tutaj zobaczą Państwo swój numer, gdy przyjdzie kolej.
display-waiting =
    { $count ->
        [one] { $count } osoba czeka
        [few] { $count } osoby czekają
       *[many] { $count } osób czeka
    }
display-old = Tablica nie jest aktualna od { $time }. Proszę zapytać w recepcji.
display-starting = Tablica się uruchamia.
