//! The desk's hands: asking the server, writing to the outbox, timers, files. Nothing here blocks the window's thread.

use std::sync::Arc;

use futures::{SinkExt, StreamExt};
use iced::Task;
use skranke_client::events::events;
use skranke_client::http::CaseApi;
use skranke_client::outbox::{Outbox, OutboxEvent, Sender};
use skranke_desk::ask::answer;
use skranke_desk::effect::Effect;
use skranke_desk::pending::PendingInput;
use skranke_desk::session::Line;
use skranke_desk::settings::Settings;
use skranke_desk::{Desk, Input, Question};
use skranke_domain::authority::Role;
use skranke_domain::{CommandId, StaffId};
use tokio::sync::mpsc;

use super::App;
use super::half_written::Move;
use super::message::{Message, OutboxOpened};
use super::offline::Before;

impl App {
    /// Hands something to the desk and does what it wants done.
    pub(super) fn desk_input(&mut self, input: Input) -> Task<Message> {
        let now = self.launch.clock.now();
        let (types, was_locked) = (Desk::types(&input), self.desk.lock.locked().is_some());
        let before = Before::of(self, &input);
        let effects = self.desk.update(input, now);
        // What was written in one go enters the outbox in one move and in its order, and what is given up goes in one.
        let (mut sent, mut gone) = (Move::default(), Vec::new());
        let mut tasks = Vec::new();
        for effect in effects {
            match effect {
                Effect::Enqueue(draft) => sent.drafts.push(*draft),
                Effect::Replace(id, draft) => sent.anew.push((id, *draft)),
                Effect::Discard(id) => gone.push(id),
                other => tasks.push(self.carry_out(other)),
            }
        }
        if !gone.is_empty() {
            tasks.push(self.discard(gone));
        }
        if !sent.is_empty() {
            tasks.push(self.send_to_outbox(sent));
        }
        if !was_locked && self.desk.lock.locked().is_some() {
            tasks.push(self.keep_half_written());
        } else if types {
            tasks.push(self.typed());
        }
        tasks.push(self.line_or_rights(&before));
        Task::batch(tasks)
    }

    fn carry_out(&mut self, effect: Effect) -> Task<Message> {
        match effect {
            Effect::Ask(ticket, question) => self.ask(ticket, question),
            Effect::Abandon(room) => {
                for handle in self.under_way.remove(&room).unwrap_or_default() {
                    handle.abort();
                }
                Task::none()
            }
            Effect::Enqueue(draft) => self.send_to_outbox(Move { drafts: vec![*draft], ..Move::default() }),
            Effect::Replace(id, draft) => self.send_to_outbox(Move { anew: vec![(id, *draft)], ..Move::default() }),
            Effect::Discard(id) => self.discard(vec![id]),
            Effect::KeepHalfWritten(parts) => {
                self.keep_now(&parts);
                Task::none()
            }
            Effect::Retry(id) => self.retry(id),
            Effect::Wake(after, wake) => {
                Task::perform(tokio::time::sleep(after), move |()| Message::Desk(Input::Wake(wake)))
            }
            Effect::SwitchPersona(role) => self.switch_persona(role),
            Effect::SignIn(effect) => self.carry_out_sign_in(effect),
            Effect::SignOut => self.sign_out(),
            Effect::TryNow => {
                self.api.try_now();
                Task::none()
            }
            Effect::NoLine(why) => self.say_no_line(why),
            Effect::NotKept => self.say_why(self.texts.t("signin-not-kept")),
            Effect::SaveSettings(settings) => self.save_settings(&settings),
            Effect::Paper(effect) => self.paper(effect),
            Effect::ExportFigures(of) => self.export_figures(*of),
            Effect::SaveLookUps(citizen) => self.save_look_ups(citizen),
            Effect::OpenSummary(case) => self.open_summary(case),
        }
    }

    fn ask(&mut self, ticket: skranke_desk::Ticket, question: Question) -> Task<Message> {
        let replies = answer(self.api.clone(), question);
        let (task, handle) = Task::run(replies, move |reply| Message::Desk(Input::Reply(ticket, reply))).abortable();
        let room = self.under_way.entry(ticket.room).or_default();
        room.retain(|handle| !handle.is_aborted());
        room.push(handle);
        task
    }

    /// The server's events, for as long as this person is signed in.
    pub(super) fn listen(&mut self) -> Task<Message> {
        let (task, handle) = Task::run(events(self.api.clone()), |live| Message::Desk(Input::Live(live))).abortable();
        self.lines.push(handle);
        task
    }

    /// How far the way to the server is.
    pub(super) fn watch_startup(&self) -> Task<Message> {
        let seen = self.launch.startup.clone();
        let news = futures::stream::unfold(seen, |mut seen| async move {
            seen.changed().await.ok()?;
            let now = seen.borrow_and_update().clone();
            Some((now, seen))
        });
        Task::run(news, Message::Startup)
    }

    /// Opens the outbox of whoever is signed in, off the window's thread.
    pub(super) fn open_outbox(&self, person: StaffId) -> Task<Message> {
        let (folder, keys) = (self.launch.outbox.clone(), self.launch.keys.clone());
        let open = move || match Outbox::open(&folder, &keys, person) {
            Ok(opened) => OutboxOpened::Open(Arc::new(opened)),
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be opened");
                OutboxOpened::Failed(error.to_string())
            }
        };
        Task::perform(tokio::task::spawn_blocking(open), move |opened| match opened {
            Ok(opened) => Message::OutboxOpened(person, opened),
            Err(error) => Message::OutboxOpened(person, OutboxOpened::Failed(error.to_string())),
        })
    }

    /// Sends what is in the outbox, for as long as this person is signed in.
    pub(super) fn send_outbox(&mut self, outbox: &Outbox) -> Task<Message> {
        let news = send(outbox.clone(), self.api.clone());
        let (task, handle) = Task::run(news, |message| message).abortable();
        self.lines.push(handle);
        let entries = Task::done(Message::Desk(Input::Pending(PendingInput::Entries(outbox.list()))));
        Task::batch([entries, task])
    }

    fn discard(&self, ids: Vec<CommandId>) -> Task<Message> {
        self.with_outbox(move |outbox| {
            ids.into_iter().try_for_each(|id| outbox.discard(id)).map_err(|error| error.to_string())
        })
    }

    /// Sends a refused change again, on the version that stands now.
    fn retry(&self, id: CommandId) -> Task<Message> {
        let now = self.launch.clock.now();
        let standing =
            self.desk.pending.entries.iter().find(|e| e.id == id).and_then(|entry| self.desk.standing(entry));
        self.with_outbox(move |outbox| {
            let entry = outbox.list().into_iter().find(|e| e.id == id).ok_or("the change is gone")?;
            let (basis, body) = match standing {
                Some(standing) => (standing.basis, standing.body),
                None => (entry.draft.based_on, entry.draft.body),
            };
            outbox.retry(id, basis, body, now).map(|_| ()).map_err(|e| e.to_string())
        })
    }

    /// Takes over what windows that ended have left unsent and half written.
    pub(super) fn adopt(&mut self) -> Task<Message> {
        let adopted = self.with_outbox(|outbox| outbox.adopt_free_slots().map(|_| ()).map_err(|e| e.to_string()));
        adopted.chain(Task::done(Message::HalfWrittenAdopted))
    }

    fn with_outbox(&self, deed: impl FnOnce(&Outbox) -> Result<(), String> + Send + 'static) -> Task<Message> {
        let Some(outbox) = self.outbox.clone() else {
            return Task::done(Message::NotWritten(self.texts.t("error-outbox-not-open")));
        };
        let work = move || {
            deed(&outbox)?;
            Ok::<_, String>(outbox.list())
        };
        Task::perform(tokio::task::spawn_blocking(work), |done| match done {
            Ok(Ok(entries)) => Message::Desk(Input::Pending(PendingInput::Entries(entries))),
            Ok(Err(sentence)) => Message::NotWritten(sentence),
            Err(error) => Message::NotWritten(error.to_string()),
        })
    }

    fn switch_persona(&mut self, role: Role) -> Task<Message> {
        for handle in self.lines.drain(..) {
            handle.abort();
        }
        self.under_way.clear();
        self.papers.stop();
        self.outbox = None;
        self.api = self.api.as_persona(role);
        let begin = self.desk_input(Input::Begin);
        Task::batch([self.listen(), begin])
    }

    fn save_settings(&self, settings: &Settings) -> Task<Message> {
        let Some(file) = self.launch.settings_file.clone() else { return Task::none() };
        let text = match toml::to_string_pretty(settings) {
            Ok(text) => text,
            Err(error) => return Task::done(Message::SettingsNotSaved(error.to_string())),
        };
        let write = async move {
            let beside = file.with_extension("toml.new");
            tokio::fs::write(&beside, text).await?;
            tokio::fs::rename(&beside, &file).await
        };
        Task::perform(write, |written: std::io::Result<()>| match written {
            Ok(()) => Message::Nothing,
            Err(error) => Message::SettingsNotSaved(error.to_string()),
        })
    }
}

/// The sender's news, each with the outbox as it stands since.
fn send(outbox: Outbox, api: CaseApi) -> impl futures::Stream<Item = Message> {
    iced::stream::channel(16, async move |mut out| {
        let (tell, mut news) = mpsc::channel(16);
        let mut sending = Box::pin(Sender::run(outbox.clone(), api, tell));
        loop {
            let event = tokio::select! {
                () = &mut sending => return,
                event = news.recv() => event,
            };
            let Some(event) = event else { return };
            for message in told(event, &outbox) {
                if out.send(message).await.is_err() {
                    return;
                }
            }
        }
    })
    .boxed()
}

fn told(event: OutboxEvent, outbox: &Outbox) -> Vec<Message> {
    let line = match event {
        OutboxEvent::LineUp => Some(Line::Up),
        _ => None,
    };
    let news = Message::Desk(Input::Pending(PendingInput::News(event, outbox.list())));
    let line = line.map(|line| Message::Desk(Input::Pending(PendingInput::Line(line))));
    std::iter::once(news).chain(line).collect()
}
