//! The municipalities that are served here. What does not live here: which citizens live where (the register knows).

use super::check::{Kind, Names};
use super::reader::{Entry, Placed};
use crate::MunicipalityId;
use crate::municipality::Municipality;

pub(super) fn municipality(entry: &Entry<'_>, names: &Names) -> Option<Municipality> {
    let id = entry.id::<MunicipalityId>("id");
    let code = entry.text("code");
    let name = entry.text("name");
    let postcode = entry.text("postcode");
    let town = entry.text("town");
    entry.finish();
    names.declare(Kind::Municipality, id.as_ref(), entry.file());
    digits(entry, code.as_ref(), "`code`", "the four digits of the registers, such as 0101");
    digits(entry, postcode.as_ref(), "`postcode`", "four digits");
    Some(Municipality {
        id: id?.value,
        code: code?.value,
        name: name?.value,
        postcode: postcode?.value,
        town: town?.value,
    })
}

fn digits(entry: &Entry<'_>, text: Option<&Placed<String>>, what: &str, expected: &str) {
    let Some(text) = text else { return };
    if text.value.len() != 4 || !text.value.bytes().all(|byte| byte.is_ascii_digit()) {
        entry.file().wrong(text.line, format!("{what} is \"{}\"", text.value), expected);
    }
}
