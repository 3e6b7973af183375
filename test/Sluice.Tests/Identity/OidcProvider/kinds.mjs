// A certified OpenID Connect provider that plays its own clients: one of each kind of token that it signs, and what a gateway has to say to it, as one line
// of JSON; then it serves its keys. Its first argument is the client certificate (PEM) that the bound client shows.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import Provider from 'oidc-provider';

// What it prints must be one line.
console.info = console.error;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const clientKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const clientJwk = { ...clientKey.publicKey.export({ format: 'jwk' }), kid: 'client', use: 'sig', alg: 'ES256' };
const secret = 'a-secret-of-enough-characters-0123456789';
const certificate = process.argv[2];

// A request that is never answered must not hold the tests for ever, and a connection that is closed between two requests must not come about.
const ask = (url, options = {}) => fetch(url, { ...options, signal: AbortSignal.timeout(20_000) });

const server = createServer({ keepAliveTimeout: 120_000 });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const callback = 'https://web.example/callback';
const logouts = [];

const base = { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic', redirect_uris: [callback] };
const provider = new Provider(issuer, {
  jwks: { keys: [{ ...rsa.export({ format: 'jwk' }), kid: 'rsa', use: 'sig' }, { ...ec.privateKey.export({ format: 'jwk' }), kid: 'ec', use: 'sig' }] },
  clients: [
    { ...base, client_id: 'web', grant_types: ['authorization_code', 'refresh_token', 'implicit'], response_types: ['code', 'id_token', 'code id_token'],
      userinfo_signed_response_alg: 'RS256', authorization_signed_response_alg: 'RS256' },
    { ...base, client_id: 'web-logout', grant_types: ['authorization_code'], response_types: ['code'], backchannel_logout_uri: 'https://web.example/logout', backchannel_logout_session_required: true },
    { ...base, client_id: 'web-ec', grant_types: ['authorization_code'], response_types: ['code'], id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' },
    { ...base, client_id: 'svc', redirect_uris: [], response_types: [], grant_types: ['client_credentials'], introspection_signed_response_alg: 'RS256' },
    { ...base, client_id: 'bound', redirect_uris: [], response_types: [], grant_types: ['client_credentials'], tls_client_certificate_bound_access_tokens: true },
    { client_id: 'asserted', redirect_uris: [], response_types: [], grant_types: ['client_credentials'], token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [clientJwk] } },
  ],
  claims: { openid: ['sub'], email: ['email'], acr: null, auth_time: null },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: 'alice@acme.example', updated_at: 1795521600 }) }),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    jwtIntrospection: { enabled: true },
    jwtUserinfo: { enabled: true },
    jwtResponseModes: { enabled: true },
    backchannelLogout: { enabled: true },
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 1), requireNonce: () => false },
    mTLS: { enabled: true, certificateBoundAccessTokens: true, getCertificate: () => certificate },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => ({
        scope: 'produce consume', audience: 'kafka-rest', accessTokenFormat: 'jwt', accessTokenTTL: 600,
        jwt: { sign: { alg: resource.endsWith(':es') ? 'ES256' : resource.endsWith(':ps') ? 'PS256' : 'RS256' } },
      }),
    },
  },
  issueRefreshToken: () => true,

  // Back-channel logout: nobody listens, the token is what is wanted.
  fetch: (_, options) => {
    logouts.push(new URLSearchParams(options.body).get('logout_token'));
    return new Response();
  },
  pkce: { required: () => false },
});
server.on('request', provider.callback());

const basic = (id) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const form = (values) => ({ method: 'POST', body: new URLSearchParams(values), headers: { 'content-type': 'application/x-www-form-urlencoded' } });

async function token(id, values, headers = {}) {
  const request = form(values);
  const response = await ask(`${issuer}/token`, { ...request, headers: { ...request.headers, ...(id ? { authorization: basic(id) } : {}), ...headers } });
  const json = await response.json();
  if (!response.ok) throw new Error(`${id} ${JSON.stringify(values)}: ${JSON.stringify(json)}`);
  return json;
}

// A browser: follows redirects within the provider, signs in and agrees.
async function authorize(values) {
  const jar = new Map();
  const go = async (url, options = {}) => {
    const response = await ask(new URL(url, issuer), { redirect: 'manual', ...options, headers: { ...options.headers, cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') } });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  let response = await go(`${issuer}/auth?${new URLSearchParams({ redirect_uri: callback, scope: 'openid email offline_access', prompt: 'consent', ...values })}`);
  for (let step = 0; step < 12; step++) {
    const location = response.headers.get('location');
    if (!location) throw new Error(`no redirect: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
    if (location.startsWith(callback)) return { url: new URL(location), go };
    if (location.includes('/interaction/')) {
      const page = await (await go(location)).text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)[1];
      response = await go(location, form(prompt === 'login' ? { prompt, login: 'alice', password: 'x' } : { prompt }));
    } else {
      response = await go(location);
    }
  }
  throw new Error('too many steps');
}

const tokens = [];
const add = (name, text, expected) => tokens.push({ name, token: text, ...expected });
const good = { accepted: true };
const bad = (rule) => ({ accepted: false, rule });
const api = { scope: 'produce', resource: 'urn:kafka' };

add('access token, RS256', (await token('svc', { grant_type: 'client_credentials', ...api })).access_token, good);
add('access token, ES256', (await token('svc', { grant_type: 'client_credentials', ...api, resource: 'urn:kafka:es' })).access_token, good);
add('access token, PS256', (await token('svc', { grant_type: 'client_credentials', ...api, resource: 'urn:kafka:ps' })).access_token, good);
const opaque = (await token('svc', { grant_type: 'client_credentials' })).access_token;
add('access token, opaque', opaque, bad('MalformedToken'));
add('access token bound to a certificate', (await token('bound', { grant_type: 'client_credentials', ...api })).access_token, bad('NotBound'));

const proof = await new SignJWT({ htm: 'POST', htu: `${issuer}/token`, jti: 'p1' }).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...clientKey.publicKey.export({ format: 'jwk' }) } }).setIssuedAt().sign(clientKey.privateKey);
add('access token bound to a key', (await token('svc', { grant_type: 'client_credentials', ...api }, { dpop: proof })).access_token, bad('NotBound'));
add('DPoP proof', proof, bad('UntrustedIssuer'));

const assertion = await new SignJWT({ jti: 'a1' }).setProtectedHeader({ alg: 'ES256', kid: 'client' }).setIssuer('asserted').setSubject('asserted').setAudience(issuer).setIssuedAt().setExpirationTime('1m').sign(clientKey.privateKey);
add('access token by private_key_jwt', (await token(null, { grant_type: 'client_credentials', ...api, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion })).access_token, good);
add('client assertion', assertion, bad('UntrustedIssuer'));

const introspected = await ask(`${issuer}/token/introspection`, { ...form({ token: opaque }), headers: { authorization: basic('svc'), accept: 'application/token-introspection+jwt', 'content-type': 'application/x-www-form-urlencoded' } });
add('introspection answer', await introspected.text(), bad('NotAnAccessToken'));

async function code(id, values = {}) {
  const { url, go } = await authorize({ client_id: id, response_type: 'code', ...values });
  return { answer: await token(id, { grant_type: 'authorization_code', code: url.searchParams.get('code'), redirect_uri: callback, ...(values.resource ? { resource: values.resource } : {}) }), go };
}

const plain = await code('web');
add('ID token of a code', plain.answer.id_token, { accepted: true, unmarked: true });
add('refresh token', plain.answer.refresh_token, bad('MalformedToken'));
add('userinfo', await (await ask(`${issuer}/me`, { headers: { authorization: `Bearer ${plain.answer.access_token}` } })).text(), { accepted: true, unmarked: true });
add('ID token of a refresh', (await token('web', { grant_type: 'refresh_token', refresh_token: plain.answer.refresh_token })).id_token, { accepted: true, unmarked: true });
const asked = await code('web', { nonce: 'n-1', max_age: '3600' });
add('ID token with nonce and auth_time', asked.answer.id_token, bad('NotAnAccessToken'));
add('ID token with auth_time', (await code('web', { max_age: '3600' })).answer.id_token, bad('NotAnAccessToken'));
add('ID token, ES256', (await code('web-ec', { nonce: 'n-2' })).answer.id_token, bad('NotAnAccessToken'));
const forApi = await code('web', { ...api, scope: 'openid offline_access produce' });
add("a person's access token", forApi.answer.access_token, good);

const hybrid = await authorize({ client_id: 'web', response_type: 'code id_token', nonce: 'n-3', response_mode: 'fragment' });
add('ID token of the authorization endpoint', new URLSearchParams(hybrid.url.hash.slice(1)).get('id_token'), bad('NotAnAccessToken'));
const jarm = await authorize({ client_id: 'web', response_type: 'code', response_mode: 'jwt', state: 's' });
add('authorization response', jarm.url.searchParams.get('response'), bad('BadClaim'));

const session = await code('web-logout');
add('ID token of a session', session.answer.id_token, bad('NotAnAccessToken'));
const end = await session.go(`${issuer}/session/end?id_token_hint=${session.answer.id_token}`);
const page = await end.text();
const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1];
if (!xsrf) throw new Error(page);
await (await session.go(`${issuer}/session/end/confirm`, form({ xsrf, logout: 'yes' }))).arrayBuffer();
add('logout token', logouts[0], bad('NotAnAccessToken'));

const request = await new SignJWT({ client_id: 'web', response_type: 'code', redirect_uri: callback, scope: 'openid' }).setProtectedHeader({ alg: 'ES256', kid: 'client', typ: 'oauth-authz-req+jwt' }).setIssuer('web').setAudience(issuer).setIssuedAt().setExpirationTime('1m').sign(clientKey.privateKey);
add('authorization request', request, bad('UntrustedIssuer'));

console.log(JSON.stringify({ issuer, tokens }));
