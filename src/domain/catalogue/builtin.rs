//! The files that come with the program. What does not live here: anything but their list.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!("assets/catalogue/", $name), include_str!(concat!("../../../assets/catalogue/", $name)))),+]
    };
}

pub(super) const FILES: &[(&str, &str)] = files![
    "sources.toml",
    "facts.toml",
    "departments.toml",
    "life-situations.toml",
    "matters.toml",
    "tasks.toml",
    "procedures/cpr-accompanying-family.toml",
    "procedures/cpr-eu-employee.toml",
    "procedures/cpr-eu-student.toml",
    "procedures/cpr-non-eu-permit.toml",
    "procedures/cpr-nordic.toml",
    "procedures/daycare-place.toml",
    "procedures/driving-licence-exchange.toml",
    "procedures/health-card-doctor.toml",
    "procedures/housing-benefit.toml",
    "procedures/marriage.toml",
    "procedures/move-domestic.toml",
    "procedures/name-change.toml",
    "procedures/passport.toml",
    "procedures/reentry-danish-citizen.toml",
    "procedures/residence-certificate.toml",
    "procedures/training-assistive-aids.toml",
    "procedures/training-child-allowance.toml",
    "procedures/training-danish-lessons.toml",
    "procedures/training-departure.toml",
    "procedures/training-deposit-loan.toml",
    "procedures/training-eu-residence-certificate.toml",
    "procedures/training-funeral-assistance.toml",
    "procedures/training-home-help.toml",
    "procedures/training-mitid.toml",
    "procedures/training-old-age-pension.toml",
    "procedures/training-outdoor-serving.toml",
    "procedures/training-payment-agreement.toml",
    "procedures/training-resident-parking.toml",
    "procedures/training-school.toml",
    "procedures/training-separation-divorce.toml",
    "procedures/training-social-support.toml",
    "procedures/training-tax-card.toml",
    "procedures/training-unemployment-registration.toml",
];
