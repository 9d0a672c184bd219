# Komponenternes egne ord: tilstande, kilder, dage.

app-name = Skranke

state-missing = Mangler
state-requested = Bedt om
state-awaiting-citizen = Afventer borger
state-received = Modtaget
state-in-progress = I gang
state-approved = Godkendt
state-ready = Klar til fremmøde
state-rejected = Afvist
state-past-deadline = Over frist
state-not-needed = Ikke nødvendig
state-waived = Fraveget
state-closed = Lukket
state-live = Svarer
state-not-answering = Svarer ikke
state-no-access = Ingen adgang
state-unsent = Gjort her, ikke sendt
state-unsent-short = Ikke sendt

source-waiting = spurgt
source-stale = svarer ikke, vist som kl. { $time }
source-not-answering = svarer ikke
source-no-access = ingen adgang i din rolle

day-today = I dag
day-tomorrow = I morgen
day-yesterday = I går

button-busy = { $label } …
chip-affected-name = Opret { $title }, { $reason }
checklist-item-name = { $title }, { $state }
toast-undo = Fortryd
toast-undo-name = Fortryd: { $what }
palette-name = Find en borger, en sag eller en kommando
slab-find = Navn, CPR, telefon, adresse, sag
slab-find-short = Find
slab-find-name = Find
