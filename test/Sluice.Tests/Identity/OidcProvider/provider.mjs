// A certified OpenID Connect provider for the tests: one client, one API whose access tokens are JWTs. Prints its issuer once it listens.
// KEYS=2 publishes and signs with another key, as after a rotation.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const jwk = (kid) => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid, use: 'sig' });

const server = createServer();
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk(process.argv[3] ?? 'first')] },
    clients: [{
      client_id: 'orders-svc',
      client_secret: 'orders-svc-secret-0123456789abcdef',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    }],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:example:kafka-rest',
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'produce', audience: 'kafka-rest', accessTokenFormat: 'jwt', accessTokenTTL: 600 }),
      },
    },
    extraTokenClaims: () => ({ groups: ['writers'] }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
