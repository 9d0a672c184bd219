//! A key made from words that somebody remembers. What lives here: the salt's file with its costs and its check. What does not: asking for
//! the words (the window's).

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Found, KEY_BYTES, KeyError, put_aside, restrict, write_once};
use crate::endpoint::Secret;

/// What a guess costs: 64 MiB and three passes, the second recommendation of RFC 9106 with one lane.
const COSTS: Costs = Costs { memory_kib: 64 << 10, passes: 3, lanes: 1 };
/// No file of ours is longer.
const FILE_BYTES: u64 = 4 << 10;

/// What one guess costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Costs {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Costs {
    /// A file that was tampered with must not keep the machine busy for hours.
    const fn are_sensible(self) -> bool {
        self.memory_kib <= 1 << 20 && self.passes <= 16 && self.lanes <= 16
    }
}

/// What stands in the file: nothing in it opens anything.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Stand {
    version: u32,
    salt: String,
    #[serde(flatten)]
    costs: CostsOf,
    /// Tells the right words from others.
    check: String,
}

/// The costs, inside their own table.
#[derive(Serialize, Deserialize)]
struct CostsOf {
    argon2id: Costs,
}

/// Makes the key from the words; the first words ever are the ones from then on.
pub(super) fn fetch(file: &Path, words: &Secret) -> Result<Found, KeyError> {
    fetch_at(file, words, COSTS)
}

fn fetch_at(file: &Path, words: &Secret, costs: Costs) -> Result<Found, KeyError> {
    let mut set_aside: Option<PathBuf> = None;
    for _ in 0..3 {
        match read(file)? {
            Reading::Stand(stand) => {
                let made = derive(words, &stand.salt, stand.costs)?;
                if made.check != stand.check {
                    return Err(KeyError::WrongPassphrase);
                }
                return Ok(Found { key: made.key, set_aside });
            }
            Reading::Damaged => set_aside = put_aside(file)?.or(set_aside),
            Reading::None => begin(file, words, costs)?,
        }
    }
    Err(io::Error::other("it keeps changing").into())
}

/// Whether words were chosen before.
pub(super) fn stands(file: &Path) -> bool {
    matches!(read(file), Ok(Reading::Stand(_)))
}

fn begin(file: &Path, words: &Secret, costs: Costs) -> Result<(), KeyError> {
    let salt: Vec<u8> = Key::generate().to_vec();
    let made = derive(words, &salt, costs)?;
    let stand = Stand {
        version: 1,
        salt: BASE64.encode(&salt),
        costs: CostsOf { argon2id: costs },
        check: BASE64.encode(made.check),
    };
    let text = serde_json::to_vec_pretty(&stand).map_err(io::Error::other)?;
    write_once(file, &text)
}

/// A stand, decoded.
struct Decoded {
    salt: Vec<u8>,
    costs: Costs,
    check: [u8; KEY_BYTES],
}

enum Reading {
    Stand(Decoded),
    Damaged,
    None,
}

fn read(path: &Path) -> Result<Reading, KeyError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Reading::None),
        Err(error) => return Err(error.into()),
    };
    restrict(&file)?;
    let mut text = Vec::new();
    file.take(FILE_BYTES).read_to_end(&mut text)?;
    Ok(decode(&text).map_or(Reading::Damaged, Reading::Stand))
}

fn decode(text: &[u8]) -> Option<Decoded> {
    let stand: Stand = serde_json::from_slice(text).ok()?;
    let salt = BASE64.decode(&stand.salt).ok()?;
    let check = BASE64.decode(&stand.check).ok()?.try_into().ok()?;
    let costs = stand.costs.argon2id;
    (stand.version == 1 && salt.len() >= 16 && costs.are_sensible()).then_some(Decoded { salt, costs, check })
}

struct Made {
    key: Key,
    check: [u8; KEY_BYTES],
}

fn derive(words: &Secret, salt: &[u8], costs: Costs) -> Result<Made, KeyError> {
    let params = Params::new(costs.memory_kib, costs.passes, costs.lanes, Some(KEY_BYTES))
        .map_err(|_| KeyError::from(io::Error::other("its costs cannot be paid")))?;
    let mut root = [0_u8; KEY_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(words.expose().as_bytes(), salt, &mut root)
        .map_err(|_| KeyError::from(io::Error::other("the key cannot be derived")))?;
    // Two that do not tell each other: the check stands in a file, the key nowhere.
    let of = |what: &[u8]| -> [u8; KEY_BYTES] { Sha256::new().chain_update(what).chain_update(root).finalize().into() };
    Ok(Made { key: Key::from(of(b"skranke local data key")), check: of(b"skranke passphrase check") })
}

/// Takes away the salt, so that other words may be chosen. What was sealed with the old ones stays closed.
pub(super) fn forget(file: &Path) -> Result<(), KeyError> {
    match fs::remove_file(file) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As cheap as it gets: tests are not attacked.
    const CHEAP: Costs = Costs { memory_kib: 8, passes: 1, lanes: 1 };

    fn words(text: &str) -> Secret {
        Secret::new(text)
    }

    #[test]
    fn the_same_words_open_it_again_and_others_are_told_as_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/passphrase.json");
        assert!(!stands(&file));
        let first = fetch_at(&file, &words("tre små kinesere"), CHEAP).unwrap();
        assert!(stands(&file));
        let before = fs::read(&file).unwrap();
        assert_eq!(first.key, fetch_at(&file, &words("tre små kinesere"), CHEAP).unwrap().key);
        assert!(matches!(fetch_at(&file, &words("på Højbro Plads"), CHEAP), Err(KeyError::WrongPassphrase)));
        assert_eq!(before, fs::read(&file).unwrap(), "wrong words change nothing");
        let text = String::from_utf8(before).unwrap();
        assert!(!text.contains("kinesere") && !text.contains(&BASE64.encode(first.key)));
    }

    #[test]
    fn the_costs_of_the_file_count_and_not_those_of_the_day() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("passphrase.json");
        let first = fetch_at(&file, &words("a b c"), CHEAP).unwrap();
        let dearer = Costs { memory_kib: 16, ..CHEAP };
        assert_eq!(first.key, fetch_at(&file, &words("a b c"), dearer).unwrap().key);
    }

    #[test]
    fn a_damaged_file_or_one_that_would_keep_the_machine_busy_is_set_aside_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("passphrase.json");
        fetch_at(&file, &words("a b c"), CHEAP).unwrap();
        let dear = fs::read_to_string(&file).unwrap().replace("\"passes\": 1", "\"passes\": 4000000");
        for damaged in ["half a fi", dear.as_str()] {
            fs::write(&file, damaged).unwrap();
            let found = fetch_at(&file, &words("d e f"), CHEAP).unwrap();
            assert_eq!(fs::read_to_string(found.set_aside.unwrap()).unwrap(), damaged, "never deleted");
        }
    }
}
