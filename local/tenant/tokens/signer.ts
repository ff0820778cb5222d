import { createHash, createPrivateKey, createSecretKey, hkdfSync, X509Certificate } from "node:crypto";
import { decodeJwt, EncryptJWT, errors, type JWTPayload, jwtDecrypt, jwtVerify, SignJWT } from "jose";
import type { KeyPair } from "../certificate.ts";
import { type Body, bodyAt, isBody, type Json, textAt } from "../management/json.ts";

/** Signs tokens of the tenant, and publishes what they are checked with. */
export interface Signer {
  /** A JWT by the algorithm, or the secret, of the API that it is for. */
  token(claims: Body, api: Body): Promise<string>;
  /** An ID token by the algorithm, or the secret, of the client that it is for. */
  idToken(claims: Body, client: Body): Promise<string>;
  /** A token that nobody but this tenant can read: https://auth0.com/docs/secure/tokens/access-tokens#opaque-access-tokens */
  opaque(claims: Body): Promise<string>;
  /** The claims of an opaque token; undefined where it is none of this tenant's or is over. */
  readOpaque(token: string): Promise<Body | undefined>;
  /** The claims of a token that this tenant signed with its key pair, or what is wrong with it; times in whole seconds. */
  read(token: string): Promise<Body | "expired" | "forged" | "unreadable">;
  /** The claims of an ID token that this tenant signed, though it may be over: as a hint at logout. */
  readHint(token: string): Promise<Body | undefined>;
  /** The key set of `/.well-known/jwks.json`: https://auth0.com/docs/secure/tokens/json-web-tokens/json-web-key-sets */
  readonly keys: Json;
  /** The key pair itself, PEM: requests to SAML providers are signed with it by their own library. */
  readonly pair: KeyPair;
}

/** For tokens of APIs and clients that name none or one that is not served. */
const algorithm = "RS256";
const algorithms = ["HS256", "RS256", "RS512", "PS256"];

export function signerOf({ certificate, key }: KeyPair): Signer {
  const { raw, publicKey } = new X509Certificate(certificate);
  const thumbprint = createHash("sha1").update(raw).digest("base64url");
  const privateKey = createPrivateKey(key);
  const { kty, n, e } = privateKey.export({ format: "jwk" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  const sealing = new Uint8Array(hkdfSync("sha256", pem, "", "opaque access tokens", 32));
  const sign = (claims: Body, alg: string | undefined, secret: string | undefined): Promise<string> => {
    const known = algorithms.find((one) => one === alg) ?? algorithm;
    const token = new SignJWT(claims);
    if (known === "HS256") {
      const header = { alg: known, typ: "JWT" };
      return token.setProtectedHeader(header).sign(createSecretKey(Buffer.from(secret ?? "")));
    }
    return token.setProtectedHeader({ alg: known, typ: "JWT", kid: thumbprint }).sign(privateKey);
  };
  return {
    pair: { certificate, key },
    token: (claims, api) => sign(claims, textAt(api, "signing_alg"), textAt(api, "signing_secret")),
    idToken: (claims, client) =>
      sign(claims, textAt(bodyAt(client, "jwt_configuration"), "alg"), textAt(client, "client_secret")),
    opaque: (claims) => new EncryptJWT(claims).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(sealing),
    readOpaque: async (token) => {
      try {
        return claimsOf((await jwtDecrypt(token, sealing)).payload);
      } catch {
        return undefined;
      }
    },
    read: async (token) => {
      const claims = decoded(token);
      if (!claims) return "unreadable";
      try {
        await jwtVerify(token, publicKey, { algorithms: [algorithm] });
        return claims;
      } catch (cause) {
        return cause instanceof errors.JWTExpired ? "expired" : "forged";
      }
    },
    readHint: async (token) => {
      try {
        return claimsOf((await jwtVerify(token, publicKey, { currentDate: new Date(0) })).payload);
      } catch {
        return undefined;
      }
    },
    keys: {
      keys: [
        {
          kty: kty ?? "",
          use: "sig",
          alg: algorithm,
          n: n ?? "",
          e: e ?? "",
          kid: thumbprint,
          x5t: thumbprint,
          x5c: [raw.toString("base64")],
        },
      ],
    },
  };
}

/** Undefined where it is not a JWT. */
function decoded(token: string): Body | undefined {
  try {
    return claimsOf(decodeJwt(token));
  } catch {
    return undefined;
  }
}

function claimsOf(payload: JWTPayload): Body | undefined {
  const claims: Json = JSON.parse(JSON.stringify(payload));
  return isBody(claims) ? claims : undefined;
}
