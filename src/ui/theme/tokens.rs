//! The colour tokens, light and dark, each a field with the name the design gives it.
//! No component lives here, and no size: those are in `scale`.

use iced::Color;
use serde::{Deserialize, Serialize};

/// Which of the two sets of colours is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeName {
    /// Dark text on light paper.
    #[default]
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// One set of colours. Every text pair of them meets WCAG 2.2 AA, body text AAA; the test in `contrast` holds them to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tokens {
    /// Which set this is.
    pub name: ThemeName,
    /// The paper behind everything.
    pub bg: Color,
    /// Panels, rows, fields.
    pub surface: Color,
    /// Pressed things and locked fields.
    pub sunken: Color,
    /// Separating lines; decoration only.
    pub line: Color,
    /// The edge of fields and buttons.
    pub edge: Color,
    /// Body text.
    pub ink: Color,
    /// Second text.
    pub ink2: Color,
    /// Labels.
    pub ink3: Color,
    /// The one main action, links, things in progress.
    pub accent: Color,
    /// Text on `accent`.
    pub on_accent: Color,
    /// The ground of what is selected.
    pub accent_soft: Color,
    /// Approved, ready, live.
    pub ok: Color,
    /// Its soft ground.
    pub ok_soft: Color,
    /// Awaiting somebody, stale.
    pub wait: Color,
    /// Its soft ground.
    pub wait_soft: Color,
    /// Missing, rejected, late, protected.
    pub alert: Color,
    /// Its soft ground.
    pub alert_soft: Color,
    /// Not needed, closed, no access.
    pub idle: Color,
    /// Its soft ground.
    pub idle_soft: Color,
    /// The dark bar at the top, and toasts.
    pub slab: Color,
    /// Text on the slab.
    pub slab_ink: Color,
    /// Second text on the slab.
    pub slab_ink2: Color,
    /// A field on the slab.
    pub slab_field: Color,
    /// An edge on the slab.
    pub slab_line: Color,
    /// The outer ring of keyboard focus.
    pub focus: Color,
    /// The inner ring of keyboard focus.
    pub focus_ink: Color,
    /// What dims the page beneath a dialog.
    pub scrim: Color,
    /// The one shadow there is.
    pub shadow: Color,
    /// What a caught key on a filled button lies on.
    pub veil: Color,
    /// What matches a search lies on this, in `focus_ink`.
    pub hit: Color,
    /// The six steps of a heat map, palest first.
    pub heat: [Color; 6],
}

const fn rgb(hex: u32) -> Color {
    Color::from_rgb8((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn rgba(hex: u32, alpha: f32) -> Color {
    let opaque = rgb(hex);
    Color { a: alpha, ..opaque }
}

impl Tokens {
    /// The tokens of a theme.
    pub const fn of(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::light(),
            ThemeName::Dark => Self::dark(),
        }
    }

    /// Dark ink on light paper.
    pub const fn light() -> Self {
        Self {
            name: ThemeName::Light,
            bg: rgb(0xF2F3F0),
            surface: rgb(0xFFFFFF),
            sunken: rgb(0xE9EBE7),
            line: rgb(0xDCDFDA),
            edge: rgb(0x7D8590),
            ink: rgb(0x0E1A2E),
            ink2: rgb(0x414C5C),
            ink3: rgb(0x5A6473),
            accent: rgb(0x0B4F8A),
            on_accent: rgb(0xFFFFFF),
            accent_soft: rgb(0xE4EEF7),
            ok: rgb(0x17653A),
            ok_soft: rgb(0xE3F1E8),
            wait: rgb(0x864800),
            wait_soft: rgb(0xFBEFDA),
            alert: rgb(0xA61B1B),
            alert_soft: rgb(0xFBE7E5),
            idle: rgb(0x4C5563),
            idle_soft: rgb(0xECEEEB),
            slab: rgb(0x0C1F3A),
            slab_ink: rgb(0xF2F6FB),
            slab_ink2: rgb(0xAFC0D6),
            slab_field: rgb(0x1B3252),
            slab_line: rgb(0x34507A),
            focus: rgb(0xFFCF33),
            focus_ink: rgb(0x0E1A2E),
            scrim: rgba(0x0C1626, 0.48),
            shadow: rgba(0x0C1626, 0.18),
            veil: rgba(0xFFFFFF, 0.18),
            hit: rgb(0xFFE385),
            heat: [rgb(0xFFFFFF), rgb(0xE4EEF7), rgb(0xBFD6EA), rgb(0x8FB6D9), rgb(0x2E6DA6), rgb(0x0B4F8A)],
        }
    }

    /// Light ink on a dark ground.
    pub const fn dark() -> Self {
        Self {
            name: ThemeName::Dark,
            bg: rgb(0x0D131C),
            surface: rgb(0x151D29),
            sunken: rgb(0x0A0F17),
            line: rgb(0x283446),
            edge: rgb(0x66758A),
            ink: rgb(0xEAF0F7),
            ink2: rgb(0xB7C3D2),
            ink3: rgb(0x94A2B5),
            accent: rgb(0x86BDF2),
            on_accent: rgb(0x08182B),
            accent_soft: rgb(0x18304C),
            ok: rgb(0x7FD3A0),
            ok_soft: rgb(0x12321F),
            wait: rgb(0xF3BC6B),
            wait_soft: rgb(0x38290F),
            alert: rgb(0xFF9F95),
            alert_soft: rgb(0x451C1B),
            idle: rgb(0xA9B4C2),
            idle_soft: rgb(0x202A38),
            slab: rgb(0x060B13),
            slab_ink: rgb(0xEAF0F7),
            slab_ink2: rgb(0x9DB0C8),
            slab_field: rgb(0x141E2D),
            slab_line: rgb(0x2E4260),
            focus: rgb(0xFFCF33),
            focus_ink: rgb(0x060B13),
            scrim: rgba(0x000000, 0.6),
            shadow: rgba(0x000000, 0.5),
            veil: rgba(0x000000, 0.18),
            hit: rgb(0xFFCF33),
            heat: [rgb(0x151D29), rgb(0x18304C), rgb(0x1F456E), rgb(0x2F659C), rgb(0x5592CB), rgb(0x86BDF2)],
        }
    }

    /// The colour a filled button takes under the pointer: 14 % darker.
    pub const fn hovered(color: Color) -> Color {
        Color { r: color.r * 0.86, g: color.g * 0.86, b: color.b * 0.86, a: color.a }
    }

    /// The colour a filled button takes while it is held down: 26 % darker.
    pub const fn pressed(color: Color) -> Color {
        Color { r: color.r * 0.74, g: color.g * 0.74, b: color.b * 0.74, a: color.a }
    }

    /// The text that can be read on step `step` (0–5) of the heat map.
    pub const fn on_heat(&self, step: usize) -> Color {
        if step >= 4 { self.on_accent } else { self.ink }
    }
}
