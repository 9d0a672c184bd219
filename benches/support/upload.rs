//! A document of 200 MB on its way into the office and back, with the memory that takes. Client and server are one process here, so the
//! memory of both is counted.

use std::time::Instant;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};
use skranke::domain::authority::Role;
use skranke::domain::document::PIECE_BYTES;
use skranke::domain::{CommandId, DocumentId};
use skranke::server::store::blobs::Summing;

use super::{Municipality, Trouble, report};

/// How large the document is, in bytes.
const BYTES: u64 = 200_000_000;
/// How often it is sent.
const ROUNDS: usize = 3;

pub fn figures() -> Result<(), Trouble> {
    let town = Municipality::of(5_000)?;
    let token = format!("Bearer {}", town.tokens.of(Role::Clerk));
    let (mut there, mut back, mut slowest) = (Vec::new(), Vec::new(), Vec::new());
    // Whoever was first has installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let before = forget_peak();
    town.runtime.block_on(async {
        let client = reqwest::Client::builder().build()?;
        let list = client.get(format!("{}/v1/cases?column=awaiting_citizen&department=kff&limit=1", town.base_url));
        let list: Value = serde_json::from_slice(&list.header(AUTHORIZATION, &token).send().await?.bytes().await?)?;
        let case = list["items"][0]["id"].as_str().ok_or("no case awaits its citizen")?.to_owned();
        let sum = sum();
        for _ in 0..ROUNDS {
            let id = DocumentId::new();
            let body = json!({
                "id": id, "name": "scan.pdf", "bytes": BYTES, "sha256": sum, "source": "upload", "openness": "file"
            });
            let began = Instant::now();
            let announced = client
                .post(format!("{}/v1/cases/{case}/documents", town.base_url))
                .header(AUTHORIZATION, &token)
                .header("idempotency-key", CommandId::new().to_string())
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string());
            announced.send().await?.error_for_status()?;
            let content = format!("{}/v1/documents/{id}/content", town.base_url);
            let mut offset = 0;
            while offset < BYTES {
                let sent = Instant::now();
                let bytes = piece(offset);
                let length = bytes.len() as u64;
                let request = client
                    .patch(&content)
                    .header(AUTHORIZATION, &token)
                    .header("upload-offset", offset.to_string())
                    .header(CONTENT_TYPE, "application/octet-stream")
                    .body(bytes);
                request.send().await?.error_for_status()?;
                offset += length;
                slowest.push(sent.elapsed());
            }
            there.push(began.elapsed());
            let began = Instant::now();
            let read = client.get(&content).header(AUTHORIZATION, &token);
            let read = read.header("skranke-purpose", "case").header("skranke-purpose-note", "sagsgang");
            let mut response = read.send().await?.error_for_status()?;
            let mut read = 0;
            while let Some(part) = response.chunk().await? {
                read += part.len() as u64;
            }
            if read != BYTES {
                return Err(format!("{read} of {BYTES} bytes came back").into());
            }
            back.push(began.elapsed());
        }
        Ok::<_, Trouble>(())
    })?;
    report("200 MB: from the announcement to complete", "-", there);
    report("a piece of 4 MiB, its answer included", "-", slowest);
    report("200 MB read back", "-", back);
    match (before, peak()) {
        (Some(before), Some(peak)) => println!(
            "memory: {before} MB before, {peak} MB at its peak: {} MB more for a document of {} MB (target: constant, far below its size)",
            peak.saturating_sub(before),
            BYTES / 1_000_000
        ),
        _ => println!("memory: this system does not say how much was used"),
    }
    Ok(())
}

/// Bytes of the document from an offset on: a PDF's beginning, then anything.
fn piece(offset: u64) -> Vec<u8> {
    let end = (offset + PIECE_BYTES).min(BYTES);
    let mut bytes: Vec<u8> = (offset..end).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    if offset == 0 {
        bytes[..9].copy_from_slice(b"%PDF-1.4\n");
    }
    bytes
}

fn sum() -> String {
    let mut sum = Summing::default();
    let mut offset = 0;
    while offset < BYTES {
        let bytes = piece(offset);
        sum.add(&bytes);
        offset += bytes.len() as u64;
    }
    sum.written()
}

/// Forgets the peak so far; gives what is used now, in MB.
fn forget_peak() -> Option<u64> {
    // Linux: "5" sets the peak back to what is used now.
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

fn peak() -> Option<u64> {
    status("VmHWM:")
}

fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes: u64 =
        text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1000)
}
