import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/*
 * `node tools/compose-secrets.mjs > .env`: the secrets that compose.yaml wants, made anew. The libSQL server gets a public
 * key, and the studio a token that was signed with its private half, which nobody keeps.
 */

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

const secrets = {
  SQLD_AUTH_JWT_KEY: publicKey.export({ format: 'jwk' }).x,
  MULTIPLANE_DATABASE_TOKEN: token({ a: 'rw' }),
  MULTIPLANE_S3_ACCESS_KEY_ID: randomBytes(10).toString('hex'),
  MULTIPLANE_S3_SECRET_ACCESS_KEY: randomBytes(24).toString('base64url'),
  MULTIPLANE_AUTH_SECRET: randomBytes(32).toString('base64url'),
};
for (const [name, value] of Object.entries(secrets)) process.stdout.write(`${name}=${value}\n`);

/** A JSON Web Token that does not expire. */
function token(claims) {
  const content = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${sign(null, Buffer.from(content), privateKey).toString('base64url')}`;
}

function part(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
