# The settings.

settings-title = Settings
settings-language = Language
settings-theme = Theme
settings-density = Row height
settings-text = Text size
settings-motion = Motion
settings-renderer = Drawing
settings-renderer-when = Drawing changes when Skranke starts next.
settings-percent = { $percent } %
settings-smaller = Smaller
settings-larger = Larger
language-danish = Dansk
language-english = English
theme-light = Light
theme-dark = Dark
density-calm = Calm
density-standard = Standard
density-dense = Dense
motion-full = Full
motion-reduced = Reduced
renderer-software = Processor
renderer-gpu = Graphics card
renderer-auto = Graphics card if any
