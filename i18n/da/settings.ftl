# Indstillingerne.

settings-title = Indstillinger
settings-language = Sprog
settings-theme = Tema
settings-density = Rækkehøjde
settings-text = Tekststørrelse
settings-motion = Bevægelse
settings-renderer = Tegning
settings-renderer-when = Tegning skifter, når Skranke starter næste gang.
settings-percent = { $percent } %
settings-smaller = Mindre
settings-larger = Større
language-danish = Dansk
language-english = English
theme-light = Lyst
theme-dark = Mørkt
density-calm = Rolig
density-standard = Standard
density-dense = Tæt
motion-full = Fuld
motion-reduced = Dæmpet
renderer-software = Processor
renderer-gpu = Grafikkort
renderer-auto = Grafikkort, hvis der er et
