import { generateKeyPairSync, sign } from 'node:crypto';

/* A certificate of the test's own, signed by itself, in the DER of X.509 (RFC 5280). */

const [INTEGER, BITS, OCTETS, OID, TEXT, TIME, SEQUENCE, SET] = [2, 3, 4, 6, 12, 23, 48, 49] as const;
const ECDSA_SHA256 = Buffer.from('2a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('550403', 'hex');
const SUBJECT_ALT_NAME = Buffer.from('551d11', 'hex');
/** Context-specific tags: a DNS name, the version, the extensions. */
const [DNS_NAME, VERSION, EXTENSIONS] = [0x82, 0xa0, 0xa3] as const;

/** Key and certificate in PEM for a server of these names; whoever is to trust it takes the certificate as authority. */
export function certificateFor(names: readonly string[]): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, der(OID, ECDSA_SHA256));
  const commonName = der(SEQUENCE, der(OID, COMMON_NAME), der(TEXT, Buffer.from('Multiplane tests')));
  const name = der(SEQUENCE, der(SET, commonName));
  const validity = der(SEQUENCE, time('200101000000Z'), time('491231235959Z'));
  const alternatives = der(SEQUENCE, ...names.map((one) => der(DNS_NAME, Buffer.from(one))));
  const extension = der(SEQUENCE, der(OID, SUBJECT_ALT_NAME), der(OCTETS, alternatives));
  const signed = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(SEQUENCE, extension)),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', signed, privateKey)]);
  const certificate = der(SEQUENCE, signed, algorithm, der(BITS, signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

function time(at: string): Buffer {
  return der(TIME, Buffer.from(at));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
