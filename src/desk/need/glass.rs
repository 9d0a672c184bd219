//! Opening in an emergency what one department withholds about one citizen. What lives here: what was chosen and typed, asking for it, and what is
//! open until when. What does not: the review (see `crate::oversight`), how it looks.

use jiff::Timestamp;
use skranke_api::access::{BreakGlassRequest, BreakGlassView, REASON_AT_LEAST, REASON_CHARS};
use skranke_api::overview::Answer;
use skranke_client::ClientError;
use skranke_domain::access::LegalBasis;
use skranke_domain::{BreakGlassId, CommandId, DepartmentId};

use crate::ask::{OversightQuestion, Question};
use crate::citizen::{CitizenPage, GLASS, Step};
use crate::desk::{Desk, Place};
use crate::effect::Effect;

/// What opens a withheld department, while it is open.
#[derive(Clone, Debug)]
pub struct GlassSheet {
    /// The departments that withhold something.
    pub withheld: Vec<DepartmentId>,
    /// The one that is opened.
    pub department: DepartmentId,
    /// Why it cannot wait.
    pub typed: String,
    /// On which legal basis.
    pub basis: LegalBasis,
    /// What kept it from opening.
    pub problem: Option<GlassProblem>,
    /// What the server answered, where it did not open.
    pub trouble: Option<ClientError>,
    /// It is on its way.
    pub sending: bool,
    /// What was sent last: the same again is the same deed.
    sent: Option<(BreakGlassRequest, CommandId)>,
}

/// Why it does not open yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlassProblem {
    /// So many characters are missing.
    TooShort(usize),
    /// So many characters too long.
    TooLong(usize),
}

/// What happens there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GlassInput {
    /// It is opened, perhaps for a department that was named already.
    Open(Option<DepartmentId>),
    /// A department was chosen.
    Department(DepartmentId),
    /// Something was typed.
    Typed(String),
    /// A legal basis was chosen.
    Basis(LegalBasis),
    /// The next or previous legal basis.
    Step(Step),
    /// Open what is withheld.
    Confirm,
    /// She leaves; what was typed stays.
    Leave,
}

impl GlassSheet {
    fn open(withheld: Vec<DepartmentId>, department: DepartmentId) -> Self {
        Self {
            withheld,
            department,
            typed: String::new(),
            // What it is for. She says another where it is another.
            basis: LegalBasis::VitalInterest,
            problem: None,
            trouble: None,
            sending: false,
            sent: None,
        }
    }

    /// How many characters her words have.
    #[must_use]
    pub fn length(&self) -> usize {
        self.typed.trim().chars().count()
    }

    fn check(&self) -> Result<(), GlassProblem> {
        match self.length() {
            short if short < REASON_AT_LEAST => Err(GlassProblem::TooShort(REASON_AT_LEAST - short)),
            long if long > REASON_CHARS => Err(GlassProblem::TooLong(long - REASON_CHARS)),
            _ => Ok(()),
        }
    }

    fn request(&mut self) -> (BreakGlassRequest, CommandId) {
        let (department, reason) = (self.department.clone(), self.typed.trim().to_owned());
        let same = self
            .sent
            .take()
            .filter(|(sent, _)| sent.department == department && sent.reason == reason && sent.basis == self.basis);
        let both = same.unwrap_or_else(|| {
            let request = BreakGlassRequest { id: BreakGlassId::new(), department, reason, basis: self.basis };
            (request, CommandId::new())
        });
        self.sent = Some(both.clone());
        both
    }
}

impl CitizenPage {
    /// The departments that withhold something from her role.
    pub fn withheld(&self) -> impl Iterator<Item = &DepartmentId> {
        let withholds = |answer: &Answer| matches!(answer, Answer::Withheld);
        self.sources
            .iter()
            .filter(move |source| source.section.as_ref().is_some_and(|section| withholds(&section.answer)))
            .map(|source| &source.department)
    }

    /// What was opened in an emergency and still is.
    pub fn opened_now(&self, now: Timestamp) -> impl Iterator<Item = &BreakGlassView> {
        self.opened.iter().filter(move |view| view.until > now)
    }

    pub(crate) fn on_glass(&mut self, input: GlassInput) -> Vec<Effect> {
        if let GlassInput::Open(wanted) = input {
            let withheld: Vec<DepartmentId> = self.withheld().cloned().collect();
            let wanted = wanted.filter(|one| withheld.contains(one)).or_else(|| withheld.first().cloned());
            let Some(department) = wanted else { return Vec::new() };
            let kept = self.glass_kept.take().filter(|kept| withheld.contains(&kept.department));
            self.glass = Some(match kept {
                Some(kept) => GlassSheet { withheld, department, ..kept },
                None => GlassSheet::open(withheld, department),
            });
            return Vec::new();
        }
        let Some(sheet) = &mut self.glass else { return Vec::new() };
        match input {
            GlassInput::Open(_) => {}
            GlassInput::Department(department) if sheet.withheld.contains(&department) => {
                sheet.department = department;
            }
            GlassInput::Department(_) => {}
            GlassInput::Typed(typed) => {
                sheet.typed = typed;
                sheet.problem = None;
            }
            GlassInput::Basis(basis) => sheet.basis = basis,
            GlassInput::Step(step) => {
                let all = LegalBasis::ALL;
                let at = all.iter().position(|basis| *basis == sheet.basis);
                sheet.basis = step.from(at, all.len()).map_or(sheet.basis, |to| all[to]);
            }
            GlassInput::Leave => self.glass_kept = self.glass.take().filter(|sheet| !sheet.typed.trim().is_empty()),
            GlassInput::Confirm => return self.break_glass(),
        }
        Vec::new()
    }

    fn break_glass(&mut self) -> Vec<Effect> {
        let citizen = self.id;
        let Some(sheet) = self.glass.as_mut().filter(|sheet| !sheet.sending) else { return Vec::new() };
        if let Err(problem) = sheet.check() {
            sheet.problem = Some(problem);
            return Vec::new();
        }
        sheet.trouble = None;
        sheet.sending = true;
        let (request, command) = sheet.request();
        let question = OversightQuestion::BreakGlass(citizen, Box::new(request), command);
        vec![self.question(GLASS, Question::Oversight(question))]
    }

    /// The server answered: what was withheld is fetched.
    pub(crate) fn glass_broken(&mut self, answer: Result<BreakGlassView, ClientError>, now: Timestamp) -> Vec<Effect> {
        match answer {
            Ok(view) => {
                self.glass = None;
                let department = view.department.clone();
                self.opened.retain(|one| one.department != department);
                self.opened.push(view);
                self.ask_department(department, now)
            }
            Err(error) => {
                if let Some(sheet) = &mut self.glass {
                    sheet.sending = false;
                    sheet.trouble = Some(error);
                }
                Vec::new()
            }
        }
    }
}

impl Desk {
    /// What opens a withheld department, over the page in front.
    #[must_use]
    pub fn glass(&self) -> Option<&GlassSheet> {
        (self.place() == Place::Citizen).then(|| self.citizen()?.glass.as_ref())?
    }

    pub(crate) fn glass_step(&mut self, input: GlassInput) -> Vec<Effect> {
        let may = self.session.may_see_cases() && self.place() == Place::Citizen;
        match self.stands.active_mut().citizen.as_mut().filter(|_| may) {
            Some(page) => page.on_glass(input),
            None => Vec::new(),
        }
    }
}
