//! The window without a line: opening what was seen on this machine, forgetting it where somebody signs out or may see other things, telling the
//! log, trying the line now. What does not live here: keeping (`skranke_client::replica`), what is shown (the screens).

use std::sync::Arc;

use iced::Task;
use jiff::Timestamp;
use skranke_api::me::Me;
use skranke_client::Replica;
use skranke_client::replica::read_ahead;
use skranke_desk::ask::OversightReply;
use skranke_desk::effect::Room;
use skranke_desk::offline::{NoLine, OfflineInput, WaitsForLine};
use skranke_desk::session::Line;
use skranke_desk::{Input, Reply};
use skranke_domain::StaffId;

use super::App;
use super::message::Message;
use crate::launch::{AtSignOut, ReadAhead};

/// What became of opening, or of looking anew at, what was seen here.
#[derive(Clone, Debug)]
pub enum Seen {
    /// It is open, for this person and under her rights.
    Open(StaffId, Replica),
    /// It cannot be used: nothing is kept.
    Failed(String),
    /// So many citizens were read ahead.
    Ahead,
    /// The log was told, or will be.
    Told,
}

/// What a person may see, in words that change with it: the role of the day and her authorities.
pub(super) fn rights(me: &Me) -> String {
    let authorities = serde_json::to_string(&me.authorities).unwrap_or_default();
    format!("{:?} {authorities}", me.role)
}

impl App {
    /// Opens what this person saw on this machine, off the window's thread.
    pub(super) fn open_replica(&self, me: &Me) -> Task<Message> {
        let (folder, keys, clock) = (self.launch.outbox.clone(), self.launch.keys.clone(), self.launch.clock);
        let (person, rights) = (me.id, rights(me));
        let open = move || {
            let clock = Arc::new(move || clock.now());
            let opened = Replica::open(&folder, &keys, person, clock)?;
            opened.replica.under(&rights)?;
            Ok(opened.replica)
        };
        seen(open, person)
    }

    /// Her rights are others than before: what she saw is forgotten, and kept anew from now on.
    pub(super) fn rights_are_others(&self, me: &Me) -> Task<Message> {
        let Some(replica) = self.api.replica() else { return Task::none() };
        self.api.keep_nothing();
        let (person, rights) = (me.id, rights(me));
        seen(move || replica.under(&rights).map(|_| replica), person)
    }

    pub(super) fn seen(&mut self, news: Seen) -> Task<Message> {
        match news {
            Seen::Open(person, replica) if self.desk.person() == Some(person) => {
                self.api.keep_in(replica);
                let begins = self.desk_input(Input::Offline(OfflineInput::Opened));
                Task::batch([self.count_readable(), begins, self.tell_looks(), self.read_ahead()])
            }
            // Somebody else is there by now.
            Seen::Open(..) => Task::none(),
            Seen::Failed(why) => {
                tracing::error!(%why, "what is seen cannot be kept on this machine");
                self.api.keep_nothing();
                Task::none()
            }
            Seen::Ahead => self.count_readable(),
            Seen::Told => Task::none(),
        }
    }

    /// Says how many citizens can be read from this machine.
    pub(super) fn count_readable(&mut self) -> Task<Message> {
        let people = self.api.replica().map_or(0, |replica| replica.people());
        self.desk_input(Input::Offline(OfflineInput::Readable(people)))
    }

    /// Tells the log what was looked at without a line.
    pub(super) fn tell_looks(&self) -> Task<Message> {
        if self.api.replica().is_none_or(|replica| replica.untold() == 0) {
            return Task::none();
        }
        let api = self.api.clone();
        Task::perform(async move { api.tell_looks().await }, |told| {
            if let Err(error) = told {
                tracing::debug!(%error, "the log is told later what was looked at offline");
            }
            Message::Seen(Seen::Told)
        })
    }

    /// Reads the citizens who are booked at her counter today, once and quietly.
    fn read_ahead(&self) -> Task<Message> {
        let Some(me) = self.desk.session.me.value() else { return Task::none() };
        let (ReadAhead::Today, Some(counter), true) =
            (self.launch.seen.ahead, me.counter.clone(), self.desk.session.may_see_cases())
        else {
            return Task::none();
        };
        let (api, today) = (self.api.clone(), self.launch.clock.now().to_zoned(self.launch.tz.clone()).date());
        Task::perform(read_ahead(api, counter, today), |read| {
            match read {
                Ok(read) => tracing::info!(read, "citizens booked today were read ahead"),
                Err(error) => tracing::info!(%error, "reading ahead ended with the line"),
            }
            Message::Seen(Seen::Ahead)
        })
    }

    /// Forgets what this person saw, where the office wants that at sign-out. Call it while her handle is still there.
    pub(super) fn wipe_seen(&self) -> Task<Message> {
        let replica = self.api.replica();
        self.api.keep_nothing();
        let (Some(replica), AtSignOut::Wipe) = (replica, self.launch.seen.at_sign_out) else { return Task::none() };
        let wiped = tokio::task::spawn_blocking(move || replica.wipe());
        Task::perform(wiped, |wiped| {
            if !matches!(wiped, Ok(Ok(()))) {
                tracing::error!("what was seen could not be wiped; it stays sealed");
            }
            Message::Nothing
        })
    }

    /// Says why something waits for the line.
    pub(super) fn say_no_line(&mut self, why: NoLine) -> Task<Message> {
        let sentence = self.texts.t(waits(why.deed));
        self.say_why(sentence)
    }

    /// Whether a clock runs down to the next try of the line on the screen.
    pub(super) fn counts_down(&self) -> bool {
        self.desk.place() == skranke_desk::Place::Citizen && matches!(self.desk.session.line, Line::Down { .. })
    }

    /// What follows from a change of the line or of her rights.
    pub(super) fn line_or_rights(&mut self, before: &Before) -> Task<Message> {
        let down = self.line_is_down();
        let lost = before.lost.is_none() && down.is_some();
        let back = before.lost.is_some() && down.is_none();
        let mut tasks = Vec::new();
        if lost {
            tasks.push(self.count_readable());
        }
        if back {
            tasks.push(self.tell_looks());
        }
        if before.told {
            tasks.push(self.keep_last());
        }
        if let (Some(was), Some(me)) = (&before.rights, self.desk.session.me.value())
            && was.0 == me.id
            && was.1 != rights(me)
        {
            let task = self.rights_are_others(me);
            tasks.push(task);
        }
        Task::batch(tasks)
    }
}

/// What the window compares after something happened.
pub(super) struct Before {
    lost: Option<Timestamp>,
    rights: Option<(StaffId, String)>,
    /// It is the server that says who she is.
    told: bool,
}

impl Before {
    /// How it is before something happens; only what is said of who is signed in changes her rights.
    pub(super) fn of(app: &App, input: &Input) -> Self {
        let about_her = matches!(input, Input::Reply(ticket, _) if ticket.room == Room::Session);
        let me = app.desk.session.me.value().filter(|_| about_her);
        let told = about_her && says_who(input);
        Self { lost: app.line_is_down(), rights: me.map(|me| (me.id, rights(me))), told }
    }
}

/// Whether the server says in it who is signed in.
fn says_who(input: &Input) -> bool {
    match input {
        Input::Reply(_, Reply::Me(answer)) => answer.is_ok(),
        Input::Reply(_, Reply::Oversight(OversightReply::Role(answer))) => answer.is_ok(),
        _ => false,
    }
}

/// The Fluent id of why something waits for the line.
pub(crate) const fn waits(deed: WaitsForLine) -> &'static str {
    match deed {
        WaitsForLine::Decide => "offline-waits-decide",
        WaitsForLine::Book => "offline-waits-book",
        WaitsForLine::Move => "offline-waits-move",
        WaitsForLine::Hold => "offline-waits-hold",
    }
}

fn seen(
    open: impl FnOnce() -> Result<Replica, skranke_client::ReplicaError> + Send + 'static,
    person: StaffId,
) -> Task<Message> {
    Task::perform(tokio::task::spawn_blocking(open), move |opened| {
        Message::Seen(match opened {
            Ok(Ok(replica)) => Seen::Open(person, replica),
            Ok(Err(error)) => Seen::Failed(error.to_string()),
            Err(error) => Seen::Failed(error.to_string()),
        })
    })
}
