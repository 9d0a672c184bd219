//! The window: iced lives here and nowhere else
