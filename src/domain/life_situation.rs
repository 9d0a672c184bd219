//! Life situations: a substantial change in somebody's life that needs several services. What lives here: the kinds, their question trees,
//! what usually follows. What does not: a citizen's own situations (the server keeps them).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::citizen::words;
use crate::procedure::Provenance;
use crate::{DepartmentId, FollowOnId, LifeSituationId, Localized, ProcedureId, QuestionId};

words! {
    /// What the citizen says to a question of the tree.
    Answer {
        /// Yes.
        Yes,
        /// No.
        No,
        /// She does not know: what depends on it stays possible.
        Unsure,
    }
    /// Something that happened and from which a life situation is proposed.
    Happening {
        /// A new address was registered.
        Moved,
        /// A child was born.
        ChildBorn,
        /// A child reaches school age.
        SchoolAge,
        /// A divorce or separation was registered.
        Divorced,
        /// A marriage was registered.
        Married,
        /// A new employer reports income.
        NewJob,
        /// The last employer stopped reporting.
        JobEnded,
        /// She turned 65.
        Turned65,
        /// An arrival was registered or applied for.
        Arrived,
        /// A departure was reported.
        Departed,
        /// A death in the household was registered.
        Bereaved,
        /// A passport, licence or card ran out or was reported lost.
        DocumentExpired,
    }
    /// What became of something that usually follows.
    Follow {
        /// Nobody decided yet.
        Open,
        /// It was dismissed with a reason.
        Dismissed,
        /// A case of it is there.
        Started,
    }
    /// How something that usually follows fits the answers.
    Fit {
        /// It follows.
        Follows,
        /// An answer is missing or unsure: it may follow.
        Perhaps,
        /// The answers rule it out.
        RuledOut,
    }
}

/// The answers given so far.
pub type Answers = BTreeMap<QuestionId, Answer>;

/// A kind of life situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LifeSituationKind {
    /// Its slug.
    pub id: LifeSituationId,
    /// Its name: "Arriving in Denmark".
    pub title: Localized,
    /// The icon that the window draws beside it (a name of the icon set).
    pub icon: String,
    /// What it is proposed from.
    #[serde(default)]
    pub happenings: Vec<Happening>,
    /// What to ask the citizen first, in order; each is answered with yes, no or unsure.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// What usually follows from it.
    #[serde(default)]
    pub follows: Vec<FollowOn>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// A question of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Question {
    /// Its slug within the kind.
    pub id: QuestionId,
    /// As it is asked: "Do children move with you?"
    pub text: Localized,
    /// It is asked only after these answers.
    #[serde(default)]
    pub after: Vec<Given>,
}

/// An answer that something depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Given {
    /// The question.
    pub question: QuestionId,
    /// What was answered.
    pub answer: Answer,
}

/// Something that usually follows from a life situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FollowOn {
    /// Its slug within the kind.
    pub id: FollowOnId,
    /// What, in words.
    pub title: Localized,
    /// Whose it is.
    pub department: DepartmentId,
    /// Our procedure for it, where the catalogue has one.
    #[serde(default)]
    pub procedure: Option<ProcedureId>,
    /// It follows only after these answers.
    #[serde(default)]
    pub when: Vec<Given>,
}

fn fit(given: &[Given], answers: &Answers) -> Fit {
    let mut fit = Fit::Follows;
    for one in given {
        match answers.get(&one.question) {
            Some(answer) if *answer == one.answer => {}
            None | Some(Answer::Unsure) => fit = Fit::Perhaps,
            Some(_) => return Fit::RuledOut,
        }
    }
    fit
}

impl FollowOn {
    /// How it fits the answers. Unknown never looks like no.
    #[must_use]
    pub fn fit(&self, answers: &Answers) -> Fit {
        fit(&self.when, answers)
    }
}

impl LifeSituationKind {
    /// The questions to ask, with those answered already: a question whose condition the answers rule out is not asked, one whose
    /// condition is not known yet is not asked yet.
    pub fn asked<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'a Question> {
        self.questions.iter().filter(move |question| fit(&question.after, answers) == Fit::Follows)
    }

    /// The next question without an answer.
    #[must_use]
    pub fn next_question<'a>(&'a self, answers: &'a Answers) -> Option<&'a Question> {
        self.asked(answers).find(|question| !answers.contains_key(&question.id))
    }

    /// What follows, or may, after these answers.
    pub fn following<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = (&'a FollowOn, Fit)> {
        self.follows.iter().map(|follow| (follow, follow.fit(answers))).filter(|(_, fit)| *fit != Fit::RuledOut)
    }
}

#[cfg(test)]
mod tests;
