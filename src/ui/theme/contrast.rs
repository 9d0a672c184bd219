//! Contrast as WCAG 2.2 defines it (relative luminance, success criterion 1.4.3), and the test that holds the shipped
//! tokens to it. No colour is defined here.

use iced::Color;

/// Relative luminance, 0 (black) to 1 (white), of an opaque colour.
pub fn luminance(color: Color) -> f32 {
    let linear = |channel: f32| {
        if channel <= 0.039_28 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

/// The contrast of two opaque colours, 1 to 21.
pub fn contrast(a: Color, b: Color) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Tokens;

    const AAA: f32 = 7.0;
    const AA: f32 = 4.5;
    const UI: f32 = 3.0;

    fn pairs(t: &Tokens) -> Vec<(&'static str, Color, Color, f32)> {
        vec![
            ("ink on surface", t.ink, t.surface, AAA),
            ("ink on bg", t.ink, t.bg, AAA),
            ("ink on sunken", t.ink, t.sunken, AAA),
            ("ink on accent-soft", t.ink, t.accent_soft, AAA),
            ("ink on wait-soft", t.ink, t.wait_soft, AAA),
            ("ink2 on surface", t.ink2, t.surface, AAA),
            ("ink2 on bg", t.ink2, t.bg, AAA),
            ("ink2 on accent-soft", t.ink2, t.accent_soft, AA),
            ("ink2 on wait-soft", t.ink2, t.wait_soft, AA),
            ("ink3 on surface", t.ink3, t.surface, AA),
            ("ink3 on bg", t.ink3, t.bg, AA),
            ("ink3 on sunken", t.ink3, t.sunken, AA),
            ("ink3 on accent-soft", t.ink3, t.accent_soft, AA),
            ("ink3 on idle-soft", t.ink3, t.idle_soft, AA),
            ("accent on surface", t.accent, t.surface, AAA),
            ("accent on accent-soft", t.accent, t.accent_soft, AA),
            ("accent on bg", t.accent, t.bg, AA),
            ("on-accent on accent", t.on_accent, t.accent, AAA),
            ("ok on surface", t.ok, t.surface, AAA),
            ("ok on ok-soft", t.ok, t.ok_soft, AA),
            ("ok on accent-soft", t.ok, t.accent_soft, AA),
            ("wait on surface", t.wait, t.surface, AAA),
            ("wait on wait-soft", t.wait, t.wait_soft, AA),
            ("wait on bg", t.wait, t.bg, AA),
            ("wait on accent-soft", t.wait, t.accent_soft, AA),
            ("alert on surface", t.alert, t.surface, AAA),
            ("alert on alert-soft", t.alert, t.alert_soft, AA),
            ("alert on bg", t.alert, t.bg, AA),
            ("alert on accent-soft", t.alert, t.accent_soft, AA),
            ("surface on alert", t.surface, t.alert, AAA),
            ("idle on surface", t.idle, t.surface, AAA),
            ("idle on idle-soft", t.idle, t.idle_soft, AA),
            ("edge on surface", t.edge, t.surface, UI),
            ("edge on bg", t.edge, t.bg, UI),
            ("slab-ink on slab", t.slab_ink, t.slab, AAA),
            ("slab-ink2 on slab", t.slab_ink2, t.slab, AAA),
            ("slab-ink on slab-field", t.slab_ink, t.slab_field, AAA),
            ("slab-ink2 on slab-field", t.slab_ink2, t.slab_field, AA),
            ("focus-ink on hit", t.focus_ink, t.hit, AAA),
            ("focus on slab", t.focus, t.slab, UI),
        ]
    }

    #[test]
    fn every_text_can_be_read_in_both_themes() {
        for tokens in [Tokens::light(), Tokens::dark()] {
            for (pair, text, ground, least) in pairs(&tokens) {
                let ratio = contrast(text, ground);
                assert!(ratio >= least, "{:?}: {pair} is {ratio:.2}, must be {least}", tokens.name);
            }
        }
    }

    #[test]
    fn one_of_the_two_focus_rings_stands_out_on_every_ground() {
        for t in [Tokens::light(), Tokens::dark()] {
            for ground in [t.surface, t.bg, t.accent_soft, t.slab, t.accent] {
                let best = contrast(t.focus, ground).max(contrast(t.focus_ink, ground));
                assert!(best >= UI, "{:?}: {best:.2}", t.name);
            }
        }
    }

    #[test]
    fn numbers_can_be_read_on_every_step_of_the_heat_map() {
        for t in [Tokens::light(), Tokens::dark()] {
            for (step, ground) in t.heat.into_iter().enumerate() {
                let ratio = contrast(t.on_heat(step), ground);
                assert!(ratio >= AA, "{:?}, step {step}: {ratio:.2}", t.name);
            }
        }
    }

    #[test]
    fn black_on_white_is_twenty_one() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
    }
}
