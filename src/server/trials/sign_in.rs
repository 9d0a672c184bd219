//! Signing in at an office: a provider of the tests' own signs tokens with keys made here, and the whole router takes or refuses them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::StreamExt;
use jsonwebtoken::{Algorithm, EncodingKey};
use skranke_domain::DepartmentId;
use skranke_domain::authority::Level;

use super::*;
use crate::auth::office::staff_id;
use crate::auth::{OidcOffice, Town};

mod citizens;
mod lines;
mod provider;

use provider::{AUDIENCE, House, Pair, Says, b64, office, start};

#[tokio::test]
async fn a_token_of_each_kind_signs_in_and_says_who_she_is() {
    for pair in [Pair::ed("ed"), Pair::es("es"), Pair::rsa("rsa")] {
        let house = House::with(pair).await;
        let reply = house.me(&house.pair.sign(&house.ada())).await;
        assert_eq!(reply.status, 200, "{:?} {reply:?}", house.pair.algorithm);
        let me = reply.json();
        assert_eq!(me["id"], staff_id(&house.issuer, "ada-7").to_string());
        assert_eq!((&me["name"], &me["initials"]), (&json!("Ada Prøvensen"), &json!("AP")));
        assert_eq!((&me["role"], &me["roles"]), (&json!("clerk"), &json!(["clerk", "host"])));
        assert_eq!((&me["department"], &me["site"]), (&json!("kff"), &json!("norrebro")));
        assert_eq!((&me["municipality"], &me["training"]), (&json!("Øvelse Kommune"), &json!(true)));
    }
}

#[tokio::test]
async fn every_token_that_is_not_good_is_answered_in_the_same_words() {
    let house = House::open().await;
    let (now, pair) = (start(), &house.pair);
    let good = pair.sign(&house.ada());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let header = |change: Value| {
        let mut header = pair.header();
        for (name, value) in change.as_object().unwrap() {
            header[name] = value.clone();
        }
        header
    };
    let mut bad = vec![
        ("nothing", String::new()),
        ("rubbish", "rubbish".to_owned()),
        ("no signature", format!("{message}.")),
        ("two parts", message.to_owned()),
        ("five parts", format!("{good}.a.b")),
        ("a signature of other words", {
            let other = pair.sign(&house.ada_but(json!({ "groups": ["leaders"] })));
            let (claims, _) = other.rsplit_once('.').unwrap();
            format!("{claims}.{signature}")
        }),
        ("a signature that lost a byte", good[..good.len() - 2].to_owned()),
        ("too long", pair.sign(&house.ada_but(json!({ "filler": "x".repeat(17_000) })))),
        ("a key of the same name that is another's", Pair::ed("first").sign(&house.ada())),
        ("an algorithm of another kind", Pair::es("first").sign(&house.ada())),
        ("a persona's token", house.office.tokens.clerk.clone()),
        ("no claims", pair.sign(&json!([]))),
        ("no key of that name", pair.sign_under(&header(json!({ "kid": "other" })), &house.ada())),
    ];
    for (what, change) in [
        ("no algorithm", json!({ "alg": "none" })),
        ("a shared secret", json!({ "alg": "HS256" })),
        ("another algorithm", json!({ "alg": "ES256" })),
        ("no type", json!({ "typ": null })),
        ("another type", json!({ "typ": "dpop+jwt" })),
        ("something that must be understood", json!({ "crit": ["b64"], "b64": false })),
    ] {
        bad.push((what, pair.sign_under(&header(change), &house.ada())));
    }
    for (what, change) in [
        ("another audience", json!({ "aud": "https://other.example/" })),
        ("other audiences", json!({ "aud": ["https://other.example/", "skranke"] })),
        ("an audience that begins alike", json!({ "aud": format!("{AUDIENCE}x") })),
        ("no audience", json!({ "aud": null })),
        ("another issuer", json!({ "iss": "https://login.example/" })),
        ("an issuer that begins alike", json!({ "iss": format!("{}/", house.issuer) })),
        ("expired beyond the skew", json!({ "exp": now - 61 })),
        ("an end that is no number", json!({ "exp": "tomorrow" })),
        ("not yet", json!({ "nbf": now + 70 })),
        ("made in the future", json!({ "iat": now + 70 })),
        ("a subject without a letter", json!({ "sub": "" })),
        ("a subject that is a number", json!({ "sub": 7 })),
        ("what the client is told of a sign-in", json!({ "nonce": "abc" })),
    ] {
        bad.push((what, pair.sign(&house.ada_but(change))));
    }
    for name in ["aud", "iss", "exp", "sub"] {
        bad.push((name, pair.sign(&house.ada_without(name))));
    }
    let unsigned =
        format!("{}.{}.", b64(json!({ "alg": "none", "typ": "JWT" }).to_string()), b64(house.ada().to_string()));
    bad.push(("unsigned", unsigned));
    // The public key as the secret of an HMAC, in each form somebody may try.
    let public = house.pair.public.clone();
    for secret in [public.to_string().into_bytes(), URL_SAFE_NO_PAD.decode(public["x"].as_str().unwrap()).unwrap()] {
        let shared = Pair { private: EncodingKey::from_secret(&secret), algorithm: Algorithm::HS256, ..pair.clone() };
        bad.push(("HMAC by the public key", shared.sign_under(&header(json!({ "alg": "HS256" })), &house.ada())));
        bad.push(("HMAC called EdDSA", shared.sign_under(&header(json!({})), &house.ada())));
    }
    // First, so that a key is known and each refusal is about the token.
    assert_eq!(house.me(&good).await.status, 200);
    let mut words = Vec::new();
    for (what, token) in bad {
        let reply = house.me(&token).await;
        assert_eq!((reply.status.as_u16(), reply.kind().as_str()), (401, "unauthenticated"), "{what}");
        assert_eq!(reply.header("www-authenticate"), "Bearer");
        words.push(reply.body);
    }
    assert!(words.windows(2).all(|two| two[0] == two[1]), "outside they look the same");
    assert_eq!(house.me(&good).await.status, 200, "and the good one is as good as before");
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute_and_no_more() {
    let house = House::open().await;
    let now = start();
    for (change, status) in [
        (json!({ "exp": now - 58 }), 200),
        (json!({ "exp": now - 60 }), 401),
        (json!({ "exp": now as f64 - 58.5 }), 200),
        (json!({ "exp": 1e300 }), 200),
        (json!({ "exp": -1e300 }), 401),
        (json!({ "nbf": now + 58 }), 200),
        (json!({ "nbf": now + 62 }), 401),
        (json!({ "iat": now + 58 }), 200),
        (json!({ "iat": now + 62 }), 401),
    ] {
        assert_eq!(house.status(&house.ada_but(change.clone())).await, status, "{change}");
    }
    // A token that was good is looked at again each time.
    let token = house.pair.sign(&house.ada());
    assert_eq!(house.me(&token).await.status, 200);
    house.later(3600 + 59);
    assert_eq!(house.me(&token).await.status, 200);
    house.later(3600 + 60);
    assert_eq!(house.me(&token).await.status, 401);
}

#[tokio::test]
async fn a_new_key_of_the_provider_is_taken_and_the_provider_is_not_asked_more_than_every_ten_seconds() {
    let house = House::open().await;
    assert_eq!(house.status(&house.ada()).await, 200);
    assert_eq!(house.fetched(), 1);
    let second = Pair::es("second");
    house.lists(&[&house.pair, &second]);
    let token = second.sign(&house.ada());
    assert_eq!(house.me(&token).await.status, 401, "the provider was asked a moment ago");
    house.later(11);
    assert_eq!(house.me(&token).await.status, 200);
    assert_eq!(house.status(&house.ada()).await, 200, "the old key still stands in the set");
    assert_eq!(house.fetched(), 2);
    house.later(30);
    for at in 0..50 {
        let mut header = house.pair.header();
        header["kid"] = json!(format!("guess-{at}"));
        assert_eq!(house.me(&house.pair.sign_under(&header, &house.ada())).await.status, 401);
    }
    assert_eq!(house.fetched(), 3, "a flood of unknown names is one question");
}

#[tokio::test]
async fn a_key_that_the_provider_dropped_opens_nothing_after_an_hour_even_for_a_token_that_was_good() {
    let house = House::open().await;
    let day = house.ada_but(json!({ "exp": start() + 86_400 }));
    let token = house.pair.sign(&day);
    assert_eq!(house.me(&token).await.status, 200);
    // The same name, another key: the old one is gone.
    let second = Pair::ed("first");
    house.lists(&[&second]);
    house.later(3_599);
    assert_eq!(house.me(&token).await.status, 200);
    house.later(3_601);
    assert_eq!(house.me(&token).await.status, 401);
    assert_eq!(house.me(&second.sign(&day)).await.status, 200);
    // A served service does not wait for somebody to come.
    house.later(2 * 3_600);
    let (asked, app) = (house.fetched(), house.office.service.app());
    app.door.keep_fresh(app.clock.now()).await;
    app.door.keep_fresh(app.clock.now()).await;
    assert_eq!(house.fetched(), asked + 1);
}

#[tokio::test]
async fn keys_without_a_name_are_found_too_and_new_ones_among_them() {
    let nameless = |pair: Pair| {
        let mut pair = pair;
        pair.public.as_object_mut().unwrap().remove("kid");
        pair
    };
    let (first, second) = (nameless(Pair::ed("")), nameless(Pair::ed("")));
    let house = House::with(first.clone()).await;
    let header = json!({ "alg": "EdDSA", "typ": "JWT" });
    assert_eq!(house.me(&first.sign_under(&header, &house.ada())).await.status, 200);
    house.lists(&[&first, &second]);
    house.later(11);
    assert_eq!(house.me(&second.sign_under(&header, &house.ada())).await.status, 200);
    assert_eq!(house.me(&Pair::ed("").sign_under(&header, &house.ada())).await.status, 401);
}

#[tokio::test]
async fn while_the_provider_is_away_known_keys_serve_for_a_day_and_unknown_ones_are_not_called_wrong() {
    let house = House::open().await;
    let week = house.ada_but(json!({ "exp": start() + 7 * 86_400 }));
    house.is_down(true);
    let reply = house.me(&house.pair.sign(&week)).await;
    assert_eq!((reply.status.as_u16(), reply.kind().as_str()), (503, "unavailable"), "nobody knows yet");
    assert_eq!(house.me("rubbish").await.status, 401, "that is no token, whatever the keys are");
    house.is_down(false);
    house.later(11);
    assert_eq!(house.status(&week).await, 200);
    house.is_down(true);
    house.later(20 * 3_600);
    assert_eq!(house.status(&week).await, 200);
    let stranger = Pair::ed("stranger");
    house.later(20 * 3_600 + 20);
    assert_eq!(house.me(&stranger.sign(&week)).await.status, 503, "it may be new");
    house.later(25 * 3_600);
    assert_eq!(house.status(&week).await, 503);
    house.is_down(false);
    house.later(26 * 3_600);
    assert_eq!(house.status(&week).await, 200);
    assert_eq!(house.me(&stranger.sign(&week)).await.status, 401);
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_or_keeps_its_keys_in_the_open_is_not_believed() {
    let house = House::open().await;
    let keys = format!("{}/keys", house.issuer);
    for (at, document) in (1..).zip([
        json!({ "issuer": format!("{}/", house.issuer), "jwks_uri": keys }),
        json!({ "issuer": "https://login.example", "jwks_uri": keys }),
        json!({ "issuer": house.issuer, "jwks_uri": "http://keys.example/keys" }),
        json!({ "issuer": house.issuer, "jwks_uri": "file:///etc/passwd" }),
        json!({ "issuer": house.issuer }),
        json!("none"),
    ]) {
        *house.says.discovery.lock().unwrap() = Some(document.clone());
        house.later(at * 20);
        assert_eq!(house.status(&house.ada()).await, 503, "{document}");
        assert_eq!(house.fetched(), 0);
    }
    *house.says.discovery.lock().unwrap() = None;
    house.says.keys.lock().unwrap().clear();
    house.later(1_000);
    assert_eq!(house.status(&house.ada()).await, 503, "a set without a key is no set");
    // What it lists beside is of no concern.
    *house.says.keys.lock().unwrap() = vec![
        json!({ "kty": "AKP", "kid": "first" }),
        json!(7),
        house.pair.public.clone(),
        json!({ "kty": "oct", "k": "AAAA" }),
    ];
    house.later(2_000);
    assert_eq!(house.status(&house.ada()).await, 200);
}

#[tokio::test]
async fn many_who_come_at_once_ask_the_provider_once() {
    let house = House::open().await;
    let token = house.pair.sign(&house.ada());
    let all = futures::future::join_all((0..30).map(|_| house.me(&token))).await;
    assert!(all.iter().all(|reply| reply.status == 200));
    assert_eq!(house.fetched(), 1);
}

#[tokio::test]
async fn whoever_has_no_role_here_is_told_so_and_two_words_give_their_roles_in_order() {
    let house = House::open().await;
    for claims in [house.ada_without("groups"), house.ada_but(json!({ "groups": ["everybody", "clerk"] }))] {
        let reply = house.me(&house.pair.sign(&claims)).await;
        assert_eq!((reply.status.as_u16(), reply.kind().as_str()), (403, "forbidden"));
        assert_eq!(reply.json()["detail"], "this sign-in gives no role here");
    }
    let nameless = house.me(&house.pair.sign(&house.ada_without("name"))).await;
    assert_eq!(
        (nameless.status.as_u16(), nameless.json()["detail"].clone()),
        (403, json!("this sign-in gives no name"))
    );
    let both = house.ada_but(json!({ "groups": ["leaders", "clerks"] }));
    let me = house.me(&house.pair.sign(&both)).await.json();
    assert_eq!((&me["role"], &me["roles"]), (&json!("team_leader"), &json!(["team_leader", "clerk", "host"])));
}

#[tokio::test]
async fn she_may_what_her_claims_say_on_the_days_they_say_and_the_house_remembers_it() {
    let house = House::open().await;
    let claims = house.ada_but(json!({ "authorities": [
        "deep",
        { "department": "buf", "level": 3, "procedures": ["daycare-place"], "from": "2026-06-01", "until": "2026-06-09" },
        { "department": "buf", "level": "everything" }
    ] }));
    let token = house.pair.sign(&claims);
    let app = house.office.service.app();
    let person = app.door.admit(app, Some(&token)).await.unwrap();
    assert_eq!(person.until.map(Timestamp::as_second), Some(start() + 3_600 + 60));
    let (kff, buf) = (DepartmentId::parse("kff").unwrap(), DepartmentId::parse("buf").unwrap());
    let may = |department, level, day: &str| person.may(department, None, level, day.parse().unwrap());
    assert!(may(&kff, Level::Judgement, "2026-06-08") && !may(&kff, Level::Judgement, "2026-06-09"));
    assert!(may(&kff, Level::RuleBased, "2026-06-09"));
    assert!(may(&buf, Level::Judgement, "2026-06-09") && !may(&buf, Level::Guidance, "2026-06-10"));
    let remembered = || async {
        let mut conn = app.store.read().await.unwrap();
        let all = crate::store::rights::all(&mut conn, "2026-06-09".parse().unwrap()).await.unwrap();
        all.into_iter().find(|rights| rights.staff == person.id()).unwrap()
    };
    let rights = remembered().await;
    assert_eq!((rights.name.as_str(), rights.authorities.len()), ("Ada Prøvensen", 3));
    assert!(rights.claimed_at.is_some());
    // A new token says otherwise.
    let married = house.ada_but(json!({ "name": "Ada Tællesen", "groups": ["leaders"], "iat": start() + 1 }));
    assert_eq!(house.status(&married).await, 200);
    let rights = remembered().await;
    assert_eq!((rights.name.as_str(), rights.role, rights.authorities.len()), ("Ada Tællesen", Role::TeamLeader, 0));
    let mut conn = app.store.read().await.unwrap();
    let row = sqlx::query_as::<_, (String, String)>("SELECT name, role FROM staff WHERE id = $1").bind(person.id().0);
    assert_eq!(row.fetch_all(&mut *conn).await.unwrap(), [("Ada Tællesen".to_owned(), "team_leader".to_owned())]);
}

#[tokio::test]
async fn a_machine_signs_in_with_its_own_credentials_and_does_its_own_work_alone() {
    let house = House::open().await;
    let machine = |word: &str| {
        let claims = json!({ "iss": house.issuer, "aud": [AUDIENCE], "sub": word, "exp": start() + 300, "groups": [word, "leaders"] });
        house.pair.sign(&claims)
    };
    let (display, service) = (machine("displays"), machine("services"));
    assert_eq!(house.get("/v1/cases", &display).await.status, 403);
    assert_eq!(house.get("/v1/cases", &service).await.status, 403);
    assert_eq!(house.get("/v1/display?site=norrebro", &service).await.status, 403);
    assert_ne!(house.get("/v1/display?site=norrebro", &display).await.status, 403);
    let mut conn = house.office.service.app().store.read().await.unwrap();
    let staff = sqlx::query_as::<_, (i64,)>("SELECT COUNT(*) FROM staff").fetch_one(&mut *conn).await.unwrap();
    assert_eq!(staff.0, 0, "no machine is a colleague");
}

#[tokio::test]
async fn a_stream_of_events_ends_when_the_token_does() {
    let house = House::open().await;
    let token = house.pair.sign(&house.ada());
    let bearer = format!("Bearer {token}");
    let ask = || {
        house.office.get("/v1/events").nobody().header("accept", "text/event-stream").header("authorization", &bearer)
    };
    let mut stream = ask().stream().await.into_body().into_data_stream();
    assert!(stream.next().await.is_some(), "it stands");
    house.later(3_600 + 59);
    let mut other = ask().stream().await.into_body().into_data_stream();
    assert!(other.next().await.is_some(), "the token still holds");
    house.later(3_600 + 60);
    assert!(stream.next().await.is_none() && other.next().await.is_none());
    assert_eq!(ask().send().await.status, 401);
}
