//! Names and places, all invented: surnames and streets are put together from syllables, phones begin with 00, mail goes to example.dk.
//! What does not live here: who gets which.

use skranke_domain::citizen::{Address, CitizenshipGroup};
use skranke_domain::cpr::Sex;

use super::rng::Rng;

/// Where a family comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The language it speaks, as an ISO 639-1 code.
    pub language: &'static str,
    /// Its citizenship.
    pub group: CitizenshipGroup,
    female: &'static [&'static str],
    male: &'static [&'static str],
    surnames: &'static [&'static str],
}

/// Denmark.
pub const DANISH: Origin = Origin {
    language: "da",
    group: CitizenshipGroup::Danish,
    female: &[
        "Ida", "Karen", "Signe", "Tove", "Astrid", "Maren", "Johanne", "Birgit", "Inger", "Sofie", "Freja", "Alma",
        "Ellen", "Kirsten", "Bodil", "Agnes", "Rikke", "Line", "Trine", "Vibeke", "Merete", "Laura", "Emma", "Nanna",
        "Sigrid", "Gerda", "Åse", "Bente", "Helle", "Lone", "Hanne", "Dorthe", "Pernille", "Anette", "Grethe",
        "Solveig", "Tilde", "Ronja", "Kamma", "Josefine",
    ],
    male: &[
        "Per", "Jonas", "Oskar", "Søren", "Mads", "Niels", "Anders", "Rasmus", "Aksel", "Viggo", "Emil", "Holger",
        "Bjarne", "Torben", "Frederik", "Magnus", "Asger", "Bo", "Henrik", "Jørgen", "Kaj", "Leif", "Mogens", "Ole",
        "Preben", "Steen", "Ulrik", "Villads", "Åge", "Ejnar", "Gorm", "Hjalte", "Ivar", "Jeppe", "Knud", "Laust",
        "Malthe", "Otto", "Poul", "Troels",
    ],
    surnames: &[],
};

/// Where newcomers come from.
pub const FOREIGN: &[Origin] = &[
    Origin {
        language: "pl",
        group: CitizenshipGroup::Eu,
        female: &["Kalina", "Danuta", "Bożena", "Jagoda", "Łucja", "Wanda", "Halina"],
        male: &["Zbyszko", "Leszek", "Bogdan", "Mirek", "Witold", "Tadek", "Janusz"],
        surnames: &["Wrona", "Zawilec", "Brzozak", "Małolas", "Kruczek", "Jeziornik", "Łąkowiak", "Sowinek"],
    },
    Origin {
        language: "de",
        group: CitizenshipGroup::Eu,
        female: &["Anneliese", "Heike", "Friederike", "Mareike", "Ulrike", "Silke"],
        male: &["Torsten", "Jürgen", "Holger", "Detlef", "Matthias", "Uwe"],
        surnames: &["Birkental", "Rosenacker", "Grünhagen", "Moorbrink", "Lerchenau", "Steinwinkel", "Ährenfeld"],
    },
    Origin {
        language: "ro",
        group: CitizenshipGroup::Eu,
        female: &["Ileana", "Ruxandra", "Doina", "Smaranda", "Crenguța"],
        male: &["Mircea", "Doru", "Costel", "Radu", "Sorin"],
        surnames: &["Codrescu", "Pădurariu", "Izvoranu", "Brădean", "Florițoiu", "Stejaru"],
    },
    Origin {
        language: "es",
        group: CitizenshipGroup::Eu,
        female: &["Inmaculada", "Rocío", "Begoña", "Nuria", "Pilar"],
        male: &["Gonzalo", "Íñigo", "Ramón", "Julián", "Joaquín"],
        surnames: &["Robledales", "Fontarriba", "Olmedilla", "Peñaclara", "Vallehermoso"],
    },
    Origin {
        language: "sv",
        group: CitizenshipGroup::Nordic,
        female: &["Ylva", "Gunilla", "Märta", "Linnéa", "Saga"],
        male: &["Örjan", "Göran", "Sixten", "Love", "Torbjörn"],
        surnames: &["Tallmark", "Björkvind", "Sjögläntan", "Granlycke", "Ekesund"],
    },
    Origin {
        language: "no",
        group: CitizenshipGroup::Nordic,
        female: &["Ragnhild", "Turid", "Eldbjørg", "Marit", "Gro"],
        male: &["Øystein", "Sverre", "Terje", "Gjermund", "Kåre"],
        surnames: &["Fjellbakk", "Furulia", "Steinvåg", "Myrdalen", "Nordeng"],
    },
    Origin {
        language: "uk",
        group: CitizenshipGroup::NonEu,
        female: &["Oksana", "Zoryana", "Halyna", "Solomiya", "Myroslava"],
        male: &["Taras", "Ostap", "Bohdan", "Yaroslav", "Levko"],
        surnames: &["Kalynchuk", "Dubravenko", "Verbytsko", "Polynchak", "Hromovenko"],
    },
    Origin {
        language: "hi",
        group: CitizenshipGroup::NonEu,
        female: &["Anjali", "Meenakshi", "Lalita", "Sunita", "Kavya"],
        male: &["Harish", "Prakash", "Suresh", "Mohan", "Devendra"],
        surnames: &["Vanraj", "Nadikar", "Parvatekar", "Suryavar", "Chandranagar"],
    },
    Origin {
        language: "tr",
        group: CitizenshipGroup::NonEu,
        female: &["Gülbahar", "Nilüfer", "Şirin", "Defne", "İpek"],
        male: &["Ufuk", "Cengiz", "Şahin", "Tuncay", "Yılmaz"],
        surnames: &["Çamlıbel", "Gökdere", "Kavakoğlu", "Yeşilırmak", "Söğütlü"],
    },
    Origin {
        language: "ar",
        group: CitizenshipGroup::NonEu,
        female: &["Samira", "Nour", "Hanan", "Rasha", "Lubna"],
        male: &["Nabil", "Tarek", "Ziad", "Haitham", "Munir"],
        surnames: &["Al-Zaytuni", "Barakani", "Al-Nahriya", "Rummanieh", "Sarwani"],
    },
];

const HEADS: &[&str] = &[
    "Tang", "Rav", "Birke", "Elle", "Sten", "Kjær", "Øster", "Vester", "Sønder", "Lind", "Aa", "Å", "Ege", "Bøge",
    "Hvid", "Mose", "Hede", "Bæk", "Ravn", "Ulv", "Brun", "Mellem", "Dam", "Hjort", "Kirke", "Lyng", "Myre", "Nør",
    "Oder", "Pile", "Rindom", "Skær", "Tofte", "Ugle", "Vinter", "Ørne", "Græs", "Fjord", "Humle", "Is",
];
const TAILS: &[&str] = &[
    "gaard", "bo", "kjær", "mark", "lund", "green", "holm", "by", "felt", "dal", "skov", "rup", "strup", "toft",
    "berg", "borg", "bæk", "sø", "næs", "kilde", "ager", "lev", "bjerg", "hus",
];

const STREETS: &[&str] = &[
    "Tang",
    "Rosin",
    "Fiskeben",
    "Kandis",
    "Tøndebånds",
    "Lygtepæl",
    "Saltkar",
    "Kanel",
    "Pebermynte",
    "Blækhus",
    "Sivsko",
    "Garnnøgle",
    "Uldtrøje",
    "Krumme",
    "Skærsliber",
    "Knaphul",
    "Fingerbøl",
    "Sejldugs",
    "Kompasrose",
    "Ankerkæde",
    "Trillebør",
    "Vindspejl",
    "Måneskins",
    "Regnfrakke",
    "Østersøskals",
    "Ålekiste",
    "Æblekerne",
    "Hyldebær",
    "Spinderok",
    "Kaffekværn",
    "Messingknap",
    "Papirdrage",
    "Glaskugle",
    "Tovværks",
    "Sukkertop",
    "Lavendel",
    "Tordenskrald",
    "Nattehue",
    "Svovlstik",
    "Brændeknude",
];
const WAYS: &[&str] = &["lænken", "gangen", "stræde", "vænget", "allé", "vej", "gade", "passagen", "bakken", "krogen"];

const DISTRICTS: &[(u16, u16, &str)] = &[
    (1050, 1473, "København K"),
    (1550, 1799, "København V"),
    (2100, 2100, "København Ø"),
    (2150, 2150, "Nordhavn"),
    (2200, 2200, "København N"),
    (2300, 2300, "København S"),
    (2400, 2400, "København NV"),
    (2450, 2450, "København SV"),
];

impl Origin {
    /// A given name.
    pub fn given(&self, rng: &mut Rng, sex: Sex) -> &'static str {
        rng.word(match sex {
            Sex::Female => self.female,
            Sex::Male => self.male,
        })
    }

    /// A surname.
    pub fn surname(&self, rng: &mut Rng) -> String {
        if self.surnames.is_empty() { danish_surname(rng) } else { (*rng.pick(self.surnames)).to_owned() }
    }
}

/// A Danish surname that nobody carries.
pub fn danish_surname(rng: &mut Rng) -> String {
    let head = *rng.pick(HEADS);
    let mut tail = *rng.pick(TAILS);
    if head.ends_with('k') && tail.starts_with('k') || head.ends_with('b') && tail.starts_with('b') {
        tail = "dal";
    }
    format!("{head}{tail}")
}

/// An address.
pub fn address(rng: &mut Rng) -> Address {
    let street = format!("{}{}", rng.pick(STREETS), rng.pick(WAYS));
    let number = rng.between(1, 148);
    let letter = if rng.permille(120) { *rng.pick(&["A", "B", "C"]) } else { "" };
    let door = match rng.below(5) {
        0 => String::new(),
        1 => ", st.".to_owned(),
        _ => format!(", {}. {}", rng.between(1, 5), rng.pick(&["tv", "th", "mf"])),
    };
    let (low, high, district) = *rng.pick(DISTRICTS);
    let postcode = rng.between(i64::from(low), i64::from(high));
    Address {
        street: format!("{street} {number}{letter}{door}"),
        postcode: postcode.to_string(),
        district: district.to_owned(),
    }
}

/// A phone number that nobody can be called on.
#[must_use]
pub fn phone(no: i64) -> String {
    let n = no.rem_euclid(1_000_000);
    format!("00 {:02} {:02} {:02}", n / 10_000, n / 100 % 100, n % 100)
}

/// A mail address that nobody reads.
#[must_use]
pub fn email(given: &str, surname: &str, no: i64) -> String {
    let words = crate::store::search::words(&format!("{given} {surname}"));
    format!("{}.{no}@example.dk", words.join("."))
}

/// Colleagues who are no personas.
pub const COLLEAGUES: &[&str] = &[
    "Nina Krogh",
    "Sara Nygaard",
    "Jonas Bækgaard",
    "Rikke Stenlev",
    "Anders Ellebo",
    "Pernille Østergreen",
    "Troels Humledal",
    "Bente Åkjær",
];

/// Who answers for a department's cases.
#[must_use]
pub fn responsible(rng: &mut Rng, department: &str) -> &'static str {
    match department {
        "buf" => rng.word(&["Per Ravnkilde", "Lone Vinterager", "Malthe Tofteby"]),
        "suf" => rng.word(&["Grethe Lyngholm", "Ivar Moselund"]),
        "sof" => rng.word(&["Dorthe Skærbæk", "Knud Uglebjerg"]),
        "tmf" => rng.word(&["TMF, parkering", "Steen Fjordmark"]),
        "bif" => rng.word(&["Tove Hjortlund", "Henrik Piledal"]),
        "okf" => rng.word(&["Signe Aabo", "Poul Egestrup"]),
        "siri" => rng.word(&["SIRI, team 3", "SIRI, team 5"]),
        "skat" => "Skat",
        "udk" => "Udbetaling Danmark",
        _ => rng.word(COLLEAGUES),
    }
}
