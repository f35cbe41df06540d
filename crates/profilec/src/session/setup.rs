//! From arguments to what engine and transport are made of.

use std::{sync::Arc, time::Duration};

use chrono::Local;
use profilec_auth::{Authenticator, Scheme};
use profilec_engine::{EngineOptions, Inputs, Settings, origin_of};
use profilec_http::{
    Began, Client, HttpOptions, HttpTransport, RecordingTransport, ReplayTransport, TransportError,
};
use profilec_plan::Plan;

use super::{
    certificate,
    network::network,
    scheme::{self, AuthOptions},
    settings,
    values::Values,
};
use crate::{args::WalkArgs, failure::Failure, terminal::Terminal};

/// What engine and transport are made of.
pub(crate) struct Setup {
    pub(crate) inputs: Inputs,
    pub(crate) settings: Settings,
    pub(crate) options: EngineOptions,
    pub(crate) client: Client,
}

/// Resolves values, checks names, opens the transport.
pub(crate) fn setup(
    args: &WalkArgs,
    limit: Option<u64>,
    plan: &Plan,
    (values, given): (&Values<'_>, Settings),
    terminal: &Terminal,
) -> Result<Setup, Failure> {
    let mut settings = settings::settings(given, plan, terminal)?;
    let inputs = settings::inputs(&args.values, plan, values)?;
    if args.timeout.is_some() {
        // What is said on the command line itself wins.
        settings.retain(|(name, _)| name != "Timeout");
    }
    let most = max_rows(&settings)?;
    if limit.is_some() {
        settings.retain(|(name, _)| name != "MaxRows");
    }
    let allowed_origins = allowed_origins(&args.allow_origin)?;
    let auth = AuthOptions::new(&settings, plan);
    let (carried_out, scheme) = match &args.auth {
        Some(name) => (scheme::left_to_entry(&auth)?, scheme_of_entry(name, args, values)?),
        None => scheme::scheme(&auth, &terminal.masker)?,
    };
    scheme.teach(&terminal.masker);
    let mut options = EngineOptions {
        carried_out,
        limit: limit.or(most),
        max_pages: args.max_pages,
        select: settings::selection(args, plan)?,
        allowed_origins: allowed_origins.clone(),
        ..EngineOptions::default()
    };
    let mut http = HttpOptions {
        retries: args.retries,
        max_wait: Duration::from_secs(args.max_wait),
        allowed_origins,
        identity: certificate::identity(&auth)?,
        ..network(&settings, terminal)?
    };
    if let Some(seconds) = args.timeout {
        http.timeout = Duration::from_secs(seconds);
    }
    auth.warn_of_unread(plan, terminal);
    let token = match &scheme {
        Scheme::Token { source, .. } => Some(Arc::clone(source)),
        _ => None,
    };
    let mut authenticator = values.tokens.authenticator().with(scheme);
    // A script that reads the token gets what becomes the token of the moment on the way out.
    if let Some(source) = token.filter(|_| plan.connection_read.contains("oauthaccesstoken")) {
        settings.retain(|(name, _)| name != "OAuthAccessToken");
        settings.push(("OAuthAccessToken".to_owned(), authenticator.stand_in(source)));
    }
    let (client, began) = client(args, (http, authenticator), begun(), terminal)
        .map_err(|error| Failure::new(error.to_string()))?;
    begin(&mut options, &began);
    Ok(Setup { inputs, settings, options, client })
}

/// The token of an entry in every request.
fn scheme_of_entry(name: &str, args: &WalkArgs, values: &Values<'_>) -> Result<Scheme, Failure> {
    if args.replay.is_some() {
        // What answers from recorded exchanges needs no secrets.
        return values.tokens.entry(name).map(|_| Scheme::None);
    }
    values.tokens.scheme(name)
}

/// The transport, and what the run begins with: that of the recorded run, where one is replayed.
fn client(
    args: &WalkArgs,
    (http, authenticator): (HttpOptions, Authenticator),
    began: Began,
    terminal: &Terminal,
) -> Result<(Client, Began), TransportError> {
    let masker = terminal.masker.clone();
    if let Some(folder) = &args.replay {
        let replay = ReplayTransport::open(folder, masker)?;
        let began = replay.began().unwrap_or(began);
        return Ok((Client::Replay(replay), began));
    }
    let transport = HttpTransport::new(http, masker.clone())?.authenticated(authenticator);
    let client = match &args.record {
        Some(folder) => Client::Recording(RecordingTransport::create(transport, folder, masker, began)?),
        None => Client::Http(transport),
    };
    Ok((client, began))
}

fn allowed_origins(origins: &[String]) -> Result<Vec<String>, Failure> {
    let origin = |text: &String| {
        origin_of(text).ok_or_else(|| {
            Failure::new(format!("`{text}` is no origin")).help("write it like `https://api.example.com`")
        })
    };
    origins.iter().map(origin).collect()
}

/// The option `MaxRows`: a negative number is no limit.
fn max_rows(settings: &Settings) -> Result<Option<u64>, Failure> {
    let Some(text) = setting(settings, "MaxRows") else { return Ok(None) };
    let rows: i64 = text
        .trim()
        .parse()
        .map_err(|_| Failure::new(format!("the connection option `MaxRows` is no whole number: `{text}`")))?;
    Ok(u64::try_from(rows).ok())
}

pub(super) fn setting<'s>(settings: &'s Settings, name: &str) -> Option<&'s str> {
    settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What a run begins with that replays no other.
pub(crate) fn begun() -> Began {
    Began { now: Local::now().fixed_offset(), seed: fastrand::u64(..) }
}

/// Tells the engine what the run begins with.
pub(crate) fn begin(options: &mut EngineOptions, began: &Began) {
    options.now = (began.now.timestamp(), began.now.offset().local_minus_utc());
    options.seed = began.seed;
}
