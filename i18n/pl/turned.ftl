# To, co osoba obsługiwana sama czyta na odwróconym ekranie. Żadnych innych osób, numerów ani notatek.

turned-greeting = Dzień dobry, { $name }
turned-intro = Oto, czym się dziś razem zajmiemy.
turned-ready = Wszystkie dokumenty są w porządku. Nic więcej nie trzeba przynosić.
turned-missing = Brakuje jeszcze: { $papers }.
turned-missing-more = Brakuje jeszcze: { $papers } i { $more } innych.
turned-checking = Mamy wszystko, czego potrzebujemy, i to sprawdzamy.
turned-in-progress = Pracujemy nad tym. Teraz nie trzeba nic robić.
turned-closed = Zakończone.
turned-appointment = Termin wizyty: { $day }, godz. { $time }.
turned-more = Jest jeszcze { $count }. Proszę zapytać.
turned-unknown = Nie wszystkie wydziały już odpowiedziały. Może być więcej spraw.
turned-nothing = Nie mamy tu żadnych otwartych spraw.
turned-fallback = Nie mamy tej strony w tym języku. Oto ona po angielsku.
turned-language = Język
turned-back = Odwróć ekran
turned-faces = Ekran jest zwrócony do osoby obsługiwanej
turned-hidden = Ukryte: numer CPR, adres, notatki, kontakty, inne osoby, wyszukiwanie i terminy urzędu
