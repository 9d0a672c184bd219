// A real OpenID provider on loopback, for the tests of signing in. Who starts it says what it is to do by lines on its standard input; it ends
// with that input. Nobody in it exists.
//
//   node provider.mjs MODULES AUDIENCE
//
//   rotate            signs with a new key from now on, and no longer names the old one
//   ttl SECONDS       how long access tokens last from now on
//   alive TOKEN       yes or no: whether that refresh token would still be taken
//   role SUBJECT WORD what the access tokens of somebody say from now on

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, audience] = process.argv.slice(2);
const load = (...path) => import(pathToFileURL(join(modules, 'oidc-provider', 'lib', ...path)));
const { Provider } = await load('index.js');
const { createMemoryAdapter } = await load('adapters', 'memory_adapter.js');
// Belongs to the process: who is signed in stays so when the keys change.
const adapter = createMemoryAdapter();

const people = {
  ida: { name: 'Ida Mellemgaard', initials: 'IM', roles: ['skranke'], authorities: ['kff-skoen'] },
  bo: { name: 'Bo Terkelskov', initials: 'BT', roles: ['leder'], authorities: ['kff-skoen'] },
  niels: { name: 'Niels Uvedkommende', initials: 'NU', roles: ['kantine'], authorities: [] },
};
let seconds = 600;
let count = 0;
let provider;

function key() {
  count += 1;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: `key-${count}`, use: 'sig', alg: 'RS256' };
}

function begin(issuer) {
  provider = new Provider(issuer, {
    adapter,
    clients: [
      {
        client_id: 'skranke-desk',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [key()] },
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access', 'profile'],
    claims: { openid: ['sub'], profile: ['name'] },
    conformIdTokenClaims: false,
    rotateRefreshToken: true,
    async findAccount(_, id) {
      const person = people[id];
      return person && { accountId: id, claims: () => ({ sub: id, name: person.name }) };
    },
    extraTokenClaims: (_, token) => people[token.accountId],
    ttl: { IdToken: 600, RefreshToken: 3600, Session: 3600, Grant: 3600, Interaction: 600, AccessToken: () => seconds },
    features: {
      devInteractions: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: seconds,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  provider.on('server_error', (_, error) => console.error(error));
}

const server = createServer((request, response) => provider.callback()(request, response));
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  begin(issuer);
  console.log(`READY ${issuer}`);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', async (line) => {
    const [word, ...rest] = line.trim().split(' ');
    if (word === 'rotate') begin(issuer);
    if (word === 'ttl') seconds = Number(rest[0]);
    if (word === 'role') people[rest[0]].roles = [rest[1]];
    if (word === 'alive') {
      const found = await provider.RefreshToken.find(rest[0]);
      console.log(found && !found.consumed ? 'yes' : 'no');
    } else {
      console.log('done');
    }
  });
  lines.on('close', () => process.exit(0));
});
