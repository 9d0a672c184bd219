//! The pixels of the window as its software compositor keeps them: only what changed since the last frame is painted
//! again. It mirrors what iced does when presenting to a real window, so that benchmarks measure the same work.

use std::any::Any;

use iced::Color;
use iced::advanced::graphics::{Viewport, damage};
use iced::{Rectangle, Size};
use iced_renderer::fallback;
use iced_tiny_skia::{Layer, Renderer};
use tiny_skia::{Mask, PixmapMut};

/// The frame painted last.
pub(super) struct Surface {
    layers: Vec<Layer>,
    pixels: Vec<u8>,
    mask: Mask,
    background: Color,
    physical: Size<u32>,
    scale: f32,
}

/// Finds the software renderer inside whichever renderer the program was built with.
trait Software {
    fn software(&mut self) -> Option<&mut Renderer>;
}

impl Software for Renderer {
    fn software(&mut self) -> Option<&mut Renderer> {
        Some(self)
    }
}

impl<A> Software for fallback::Renderer<A, Renderer> {
    fn software(&mut self) -> Option<&mut Renderer> {
        match self {
            fallback::Renderer::Primary(_) => None,
            fallback::Renderer::Secondary(renderer) => Some(renderer),
        }
    }
}

/// The software renderer, if the program's renderer is iced's own and draws in software.
pub(super) fn software<R: 'static>(renderer: &mut R) -> Option<&mut Renderer> {
    (renderer as &mut dyn Any).downcast_mut::<iced::Renderer>().and_then(Software::software)
}

impl Surface {
    /// An unpainted surface, `None` without a size.
    pub(super) fn new(physical: Size<u32>, scale: f32) -> Option<Self> {
        Some(Self {
            layers: Vec::new(),
            pixels: vec![0; physical.width as usize * physical.height as usize * 4],
            mask: Mask::new(physical.width, physical.height)?,
            background: Color::TRANSPARENT,
            physical,
            scale,
        })
    }

    /// Whether it still has the window's size.
    pub(super) fn fits(&self, physical: Size<u32>, scale: f32) -> bool {
        self.physical == physical && self.scale == scale
    }

    /// Paints what the renderer was told to draw, everything if nothing was painted before or the background is
    /// another. Gives the share of the window that was painted, 0 to 1.
    pub(super) fn paint(&mut self, renderer: &mut Renderer, background: Color) -> f32 {
        let viewport = Viewport::with_physical_size(self.physical, self.scale);
        let window = Rectangle::with_size(viewport.logical_size());
        let changed = if self.layers.is_empty() || self.background != background {
            vec![window]
        } else {
            damage::diff(&self.layers, renderer.layers(), |layer| vec![layer.bounds], Layer::damage)
        };
        if changed.is_empty() {
            return 0.0;
        }
        let changed = damage::group(changed, window);
        self.layers = renderer.layers().to_vec();
        self.background = background;
        if let Some(mut pixels) = PixmapMut::from_bytes(&mut self.pixels, self.physical.width, self.physical.height) {
            renderer.draw(&mut pixels, &mut self.mask, &viewport, &changed, background);
        }
        changed.iter().map(Rectangle::area).sum::<f32>() / window.area()
    }

    /// Forgets what was painted, so that the next frame is painted whole.
    pub(super) fn forget(&mut self) {
        self.layers.clear();
    }

    /// The pixels as RGBA. The renderer keeps blue first, as windows want it.
    pub(super) fn rgba(&self) -> Vec<u8> {
        self.pixels.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0], pixel[3]]).collect()
    }

    /// Size in device pixels.
    pub(super) fn physical(&self) -> Size<u32> {
        self.physical
    }
}
