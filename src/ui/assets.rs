//! What is drawn and set with: the bundled fonts, the Lucide icons and our own glyphs, each embedded in the program.
//! Handles are made once; where and how large something is drawn is the components' business.

use std::borrow::Cow;
use std::sync::LazyLock;

use iced::widget::svg::Handle;

/// IBM Plex Sans (SIL Open Font Licence) in the three weights the type scale uses.
pub const FONTS: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../../assets/fonts/IBMPlexSans-Medium.ttf"),
    include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf"),
];

/// The fonts in the shape `iced::Settings::fonts` and `Application::font` want.
pub fn fonts() -> impl Iterator<Item = Cow<'static, [u8]>> {
    FONTS.into_iter().map(Cow::Borrowed)
}

macro_rules! pictures {
    ($(#[$doc:meta])* $name:ident from $folder:literal { $($(#[$each:meta])* $variant:ident => $file:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The SVG source.
            pub const fn source(self) -> &'static [u8] {
                match self { $(Self::$variant => include_bytes!(concat!("../../assets/", $folder, "/", $file, ".svg")),)* }
            }

            /// The one whose file has this name, without the ending: `plane`.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($file => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The shared handle; cloning it is cheap and keeps the renderer's cache warm.
            pub fn handle(self) -> Handle {
                static HANDLES: LazyLock<Vec<Handle>> =
                    LazyLock::new(|| $name::ALL.iter().map(|one| Handle::from_memory(one.source())).collect());
                HANDLES[self as usize].clone()
            }
        }
    };
}

pictures! {
    /// Our state glyphs, on a 14 px grid. Their cut-outs are transparent, so that they lie on any ground. Never swap one
    /// for a Lucide icon: the shape is what a state is known by.
    Glyph from "glyphs" {
        /// A ring: nothing has come.
        Missing => "missing",
        /// An hourglass: asked for, or awaiting somebody.
        Waiting => "wait",
        /// A half disc: it came, nobody has looked.
        Received => "received",
        /// A half disc: somebody works on it.
        InProgress => "prog",
        /// A disc with a tick.
        Approved => "approved",
        /// A diamond: everything is in place.
        Ready => "ready",
        /// A square with a cross.
        Rejected => "rejected",
        /// A filled triangle with an exclamation mark: late, or a mistake.
        Overdue => "overdue",
        /// A dash: does not apply.
        NotNeeded => "na",
        /// A ring with a slash: done without, for a reason.
        Waived => "waived",
        /// A square with a tick: finished.
        Closed => "closed",
        /// A dot: answers.
        Live => "live",
        /// An open triangle: does not answer.
        NotAnswering => "down",
        /// A padlock: the role may not see it.
        NoAccess => "noacc",
        /// A ring with an arrow up: done here, not sent yet.
        Unsent => "unsent",
    }
}

pictures! {
    /// Lucide icons (ISC licence), on a 24 px grid with a stroke of 1.75, drawn 14–18 px.
    Icon from "icons" {
        /// Reachable by everybody.
        Accessibility => "accessibility",
        /// A third age.
        Armchair => "armchair",
        /// Down, as of sorting.
        ArrowDown => "arrow-down",
        /// Left.
        ArrowLeft => "arrow-left",
        /// Right; goes somewhere.
        ArrowRight => "arrow-right",
        /// Up, as of sorting.
        ArrowUp => "arrow-up",
        /// A child.
        Baby => "baby",
        /// A permission.
        BadgeCheck => "badge-check",
        /// Something new.
        Bell => "bell",
        /// Work.
        Briefcase => "briefcase",
        /// An authority's house.
        Building => "building-2",
        /// A date.
        Calendar => "calendar",
        /// A week.
        CalendarDays => "calendar-days",
        /// A car.
        Car => "car",
        /// A tick.
        Check => "check",
        /// Opens downwards.
        ChevronDown => "chevron-down",
        /// Back.
        ChevronLeft => "chevron-left",
        /// Closed, or a step on the way.
        ChevronRight => "chevron-right",
        /// Folds upwards.
        ChevronUp => "chevron-up",
        /// Mind this.
        CircleAlert => "circle-alert",
        /// Help.
        Help => "circle-question-mark",
        /// A time of day.
        Clock => "clock",
        /// No line to the server.
        CloudOff => "cloud-off",
        /// Copies.
        Copy => "copy",
        /// The Enter key; what follows from something.
        Enter => "corner-down-left",
        /// Hard of hearing.
        Ear => "ear",
        /// More.
        More => "ellipsis",
        /// Leaves the program.
        ExternalLink => "external-link",
        /// Shows.
        Eye => "eye",
        /// Hides.
        EyeOff => "eye-off",
        /// A case, a document.
        FileText => "file-text",
        /// Narrows.
        Filter => "funnel",
        /// Self-service.
        Globe => "globe",
        /// Study.
        GraduationCap => "graduation-cap",
        /// Point here.
        Hand => "hand",
        /// An agreement.
        Handshake => "handshake",
        /// A number.
        Hash => "hash",
        /// A divorce.
        HeartCrack => "heart-crack",
        /// Care.
        HeartHandshake => "heart-handshake",
        /// What was before.
        History => "history",
        /// Waiting.
        Hourglass => "hourglass",
        /// A home.
        House => "house",
        /// An identity paper.
        IdCard => "id-card",
        /// Something to know.
        Info => "info",
        /// Keys.
        Keyboard => "keyboard",
        /// Language.
        Languages => "languages",
        /// Columns.
        LayoutGrid => "layout-grid",
        /// Rows.
        List => "list",
        /// Locked.
        Lock => "lock",
        /// Unlocked.
        LockOpen => "lock-open",
        /// Sign out.
        LogOut => "log-out",
        /// A letter.
        Mail => "mail",
        /// Digital Post.
        Mailbox => "mailbox",
        /// A place.
        MapPin => "map-pin",
        /// What was said.
        Message => "message-square",
        /// Less.
        Minus => "minus",
        /// The screen.
        Monitor => "monitor",
        /// Dark colours.
        Moon => "moon",
        /// Something attached.
        Paperclip => "paperclip",
        /// Edits.
        Pencil => "pencil",
        /// A call.
        Phone => "phone",
        /// A pension.
        PiggyBank => "piggy-bank",
        /// An arrival.
        Plane => "plane",
        /// Adds.
        Plus => "plus",
        /// Paper.
        Printer => "printer",
        /// Asks again.
        Refresh => "refresh-cw",
        /// Turns.
        Rotate => "rotate-cw",
        /// A right.
        Scale => "scale",
        /// Scans.
        Scan => "scan-line",
        /// A school.
        School => "school",
        /// Looks for.
        Search => "search",
        /// Sends.
        Send => "send",
        /// Settings.
        Settings => "settings",
        /// Protection.
        Shield => "shield",
        /// A doctor.
        Stethoscope => "stethoscope",
        /// A note.
        Note => "sticky-note",
        /// The counter.
        Counter => "store",
        /// Light colours.
        Sun => "sun",
        /// How long it has been.
        Timer => "timer",
        /// Throws away.
        Trash => "trash-2",
        /// Nature, leisure.
        Trees => "trees",
        /// Mind this well.
        TriangleAlert => "triangle-alert",
        /// Takes back.
        Undo => "undo-2",
        /// A person.
        User => "user",
        /// A person who was checked.
        UserCheck => "user-check",
        /// A person, at a glance.
        UserRound => "user-round",
        /// Several people.
        Users => "users",
        /// Money.
        Wallet => "wallet",
        /// Closes.
        Close => "x",
        /// Larger.
        ZoomIn => "zoom-in",
        /// Smaller.
        ZoomOut => "zoom-out",
    }
}

/// The product's mark, a counter with a person behind it: yellow, with the person in the slab's ink.
pub fn mark() -> Handle {
    static MARK: LazyLock<Handle> =
        LazyLock::new(|| Handle::from_memory(include_bytes!("../../assets/glyphs/mark.svg").as_slice()));
    MARK.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_state_has_a_shape_of_its_own_but_received_and_in_progress_share_the_half_disc() {
        let shapes: HashSet<&[u8]> = Glyph::ALL.iter().map(|glyph| glyph.source()).collect();
        assert_eq!(Glyph::Received.source(), Glyph::InProgress.source());
        assert_eq!(shapes.len(), Glyph::ALL.len() - 1);
    }

    #[test]
    fn icons_have_the_stroke_the_design_asks_for() {
        for icon in Icon::ALL {
            let source = std::str::from_utf8(icon.source()).expect("an SVG is text");
            assert!(source.contains("stroke-width=\"1.75\""), "{icon:?}");
        }
    }
}
