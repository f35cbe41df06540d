// A certified OAuth server, and two resource servers that take its tokens. Ends when standard input does.
//
// Prints `{"issuer", "api", "elsewhere"}`. Clients come by dynamic registration (RFC 7591) and say with `token_life` how
// many seconds their access tokens live. Each test walks a path of its own and sets it up at `/walks/NAME`.

import { createServer } from 'node:http';

import * as jose from 'jose';
import Provider, { errors } from 'oidc-provider';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

process.stdin.on('end', () => process.exit(0)).resume();

const [issuer, api, elsewhere] = await Promise.all([listen(), listen(), listen()]);
const provider = await authorizationServer(issuer.base);
const statistics = new Map();
const walks = new Map();
issuer.server.on('request', provider.callback());
api.server.on('request', (request, response) => resource(request, response, true));
elsewhere.server.on('request', (request, response) => resource(request, response, false));
console.log(JSON.stringify({ issuer: issuer.base, api: api.base, elsewhere: elsewhere.base }));

function listen() {
  const server = createServer();
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ server, base: `http://127.0.0.1:${server.address().port}` }));
  });
}

async function authorizationServer(base) {
  const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true });
  const life = (ctx, token, client) => client.token_life ?? 600;
  const made = new Provider(base, {
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    cookies: { keys: [crypto.randomUUID()] },
    extraClientMetadata: { properties: ['token_life'] },
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true },
      registration: { enabled: true },
      revocation: { enabled: true },
    },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: [{ ...(await jose.exportJWK(privateKey)), use: 'sig' }] },
    // A public client keeps its token for ever by default; here every use gives a new one, and the second use of an
    // old one ends the login.
    rotateRefreshToken: true,
    scopes: ['openid', 'offline_access', 'kilns:read'],
    ttl: { AccessToken: life, ClientCredentials: life, DeviceCode: 60, Grant: 3600, RefreshToken: 3600, Session: 3600 },
  });
  made.registerGrantType('password', password, ['username', 'password', 'scope']);
  made.registerGrantType(JWT_BEARER, assertion, ['assertion', 'scope']);
  made.use(count);
  return made;
}

// Users are named for their passwords' owners: `NAME` logs in with `pw-NAME`.
async function password(ctx) {
  const { username, password: given } = ctx.oidc.params;
  if (given !== `pw-${username}`) throw new errors.InvalidGrant('wrong user name or password');
  await issue(ctx, username, 'password');
}

// RFC 7523, section 3, with the keys that the client registered.
async function assertion(ctx) {
  const { client } = ctx.oidc;
  const keys = jose.createLocalJWKSet(client.jwks);
  const options = { audience: `${issuer.base}/token`, issuer: client.clientId, requiredClaims: ['sub', 'exp', 'iat', 'jti'] };
  const { payload } = await jose.jwtVerify(ctx.oidc.params.assertion ?? '', keys, options).catch((why) => {
    throw new errors.InvalidGrant(`the assertion is not good: ${why.code}`);
  });
  const { ReplayDetection } = provider;
  if (!(await ReplayDetection.unique(client.clientId, payload.jti, payload.exp))) {
    throw new errors.InvalidGrant('the assertion was used already');
  }
  await issue(ctx, payload.sub, JWT_BEARER);
}

async function issue(ctx, accountId, gty) {
  const { AccessToken, Grant, RefreshToken } = provider;
  const { client } = ctx.oidc;
  const scope = ctx.oidc.params.scope ?? 'kilns:read';
  const grant = new Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  const of = { accountId, client, grantId, gty, scope };
  const token = new AccessToken(of);
  ctx.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: token.expiration, scope };
  if (client.grantTypeAllowed('refresh_token')) ctx.body.refresh_token = await new RefreshToken(of).save();
}

// Token requests of each client: how many of which grant, when, and what was refused.
async function count(ctx, next) {
  await next();
  if (ctx.oidc?.route !== 'token' && ctx.path !== '/token') return;
  const client = ctx.oidc?.client?.clientId ?? 'unknown';
  const { requests } = statisticsOf(client);
  requests.push({
    grant: ctx.oidc?.params?.grant_type ?? null,
    status: ctx.status,
    error: ctx.body?.error ?? null,
    reused: ctx.body?.error === 'invalid_grant' && ctx.oidc?.entities?.RefreshToken?.consumed !== undefined,
    at: Date.now(),
    secrets: [ctx.body?.access_token, ctx.body?.refresh_token].filter(Boolean),
    in_header: Boolean(ctx.headers.authorization),
  });
}

function statisticsOf(client) {
  if (!statistics.has(client)) statistics.set(client, { requests: [] });
  return statistics.get(client);
}

// `/stats?client=…`, `/walks/NAME` (PUT, GET), `/walks/NAME/release` (POST), `/api/NAME/kilns?page=N`.
async function resource(request, response, isProtected) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const [first, name, last] = url.pathname.split('/').slice(1);
  const answer = (status, value, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
  if (first === 'stats') return answer(200, statisticsOf(url.searchParams.get('client')));
  if (first === 'walks' && request.method === 'PUT') {
    const settings = JSON.parse(await text(request));
    walks.set(name, { pages: 3, size: 3, delay_ms: 0, ...settings, requests: [], held: null });
    return answer(200, {});
  }
  const walk = walks.get(name);
  if (!walk) return answer(404, { error: 'no such walk' });
  if (first === 'walks') {
    if (last === 'release') {
      walk.hold = null;
      walk.held?.();
    }
    return answer(200, { requests: walk.requests, is_held: walk.held !== null });
  }
  return page(url, name, walk, request, isProtected, answer);
}

async function page(url, name, walk, request, isProtected, answer) {
  const number = Number(url.searchParams.get('page') ?? 1);
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  const seen = { page: number, token: token !== '', elsewhere: !isProtected, status: 0, at: Date.now() };
  walk.requests.push(seen);
  await new Promise((done) => setTimeout(done, walk.delay_ms));
  let known = token && (await find(token));
  if (walk.end_token_at === number) {
    walk.end_token_at = null;
    await known?.destroy();
    known = undefined;
  }
  if (walk.hold && walk.hold.page === number && walk.hold.good === Boolean(known)) {
    await new Promise((done) => { walk.held = done; });
    walk.held = null;
  }
  const finish = (status, value, headers) => {
    seen.status = status;
    answer(status, value, headers);
  };
  if (isProtected && !known) {
    const why = token ? ', error="invalid_token"' : '';
    return finish(401, { error: 'no token is known here' }, { 'www-authenticate': `Bearer realm="kilns"${why}` });
  }
  const at = (base, n) => `${base}/api/${name}/kilns?page=${n}`;
  if (isProtected && walk.redirect_at === number) {
    return finish(302, {}, { location: at(elsewhere.base, number) });
  }
  const isLast = number >= walk.pages;
  const base = walk.elsewhere_after === number ? elsewhere.base : api.base;
  const kilns = Array.from({ length: walk.size }, (_, i) => {
    const id = (number - 1) * walk.size + i + 1;
    return { id, name: `kiln ${id}` };
  });
  return finish(200, { kilns, next: isLast ? null : at(base, number + 1) });
}

// What introspection (RFC 7662) calls active.
async function find(token) {
  return (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
}

async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
