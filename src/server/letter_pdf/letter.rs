//! A decision's letter on paper. What does not live here: its words (`skranke_domain::decision::letter`).

use skranke_domain::decision::letter::{DecisionLetter, Part};

use super::{Paper, PdfError, Style};

/// Where a letter goes, and what stands at its head.
pub(crate) struct Head<'a> {
    /// The citizen's name.
    pub name: &'a str,
    /// The lines of her address; none where it is protected or unknown.
    pub address: &'a [String],
    /// The case's number.
    pub number: &'a str,
    /// Who signs.
    pub signed: &'a str,
}

/// The letter as PDF.
pub(crate) fn write(letter: &DecisionLetter<'_>, head: &Head<'_>) -> Result<Vec<u8>, PdfError> {
    let mut paper = Paper::new();
    paper.text(letter.from, Style::SUBHEADING)?;
    paper.gap(40.0);
    paper.text(head.name, Style::TEXT)?;
    for line in head.address {
        paper.text(line, Style::TEXT)?;
    }
    paper.gap(44.0);
    paper.ends(head.number, &letter.language.day(letter.day), Style::FINE)?;
    paper.gap(14.0);
    for part in letter.parts() {
        match part {
            Part::Heading(text) => {
                paper.text(&text, Style::HEADING)?;
                paper.gap(8.0);
            }
            Part::Subheading(text) => {
                paper.gap(4.0);
                paper.text(&text, Style::SUBHEADING)?;
            }
            Part::Text(text) => {
                paper.text(&text, Style::TEXT)?;
                paper.gap(7.0);
            }
            Part::InDanish(text) => {
                sign(&mut paper, letter, head)?;
                paper.gap(22.0);
                paper.text(&text, Style::FINE)?;
                paper.gap(4.0);
            }
        }
    }
    if letter.language.code() == "da" {
        sign(&mut paper, letter, head)?;
    }
    paper.finish(&title(head.number), letter.language.code())
}

/// What the document calls itself: the case, never the citizen.
fn title(number: &str) -> String {
    format!("Afgørelse {number}")
}

/// What the file is called.
pub(crate) fn file_name(number: &str) -> String {
    format!("Afgørelse {number}.pdf")
}

fn sign(paper: &mut Paper, letter: &DecisionLetter<'_>, head: &Head<'_>) -> Result<(), PdfError> {
    paper.gap(10.0);
    paper.text(head.signed, Style::TEXT)?;
    paper.text(letter.from, Style::FINE)
}
