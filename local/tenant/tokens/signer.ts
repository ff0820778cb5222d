import { createHash, createPrivateKey, X509Certificate } from "node:crypto";
import { sign } from "hono/jwt";
import type { SignatureAlgorithm } from "hono/utils/jwt/jwa";
import type { KeyPair } from "../certificate.ts";
import { type Body, type Json, textAt } from "../management/json.ts";

/** Signs tokens of the tenant, and publishes what they are checked with. */
export interface Signer {
  /** A JWT by the algorithm, or the secret, of the API that it is for. */
  token(claims: Body, api: Body): Promise<string>;
  /** The key set of `/.well-known/jwks.json`: https://auth0.com/docs/secure/tokens/json-web-tokens/json-web-key-sets */
  readonly keys: Json;
}

export function signerOf({ certificate, key }: KeyPair): Signer {
  const { raw } = new X509Certificate(certificate);
  const thumbprint = createHash("sha1").update(raw).digest("base64url");
  const secret = createPrivateKey(key).export({ format: "jwk" });
  const { kty, n, e } = secret;
  return {
    token: (claims, api) => {
      const alg = algorithms[textAt(api, "signing_alg") ?? ""] ?? "RS256";
      if (alg === "HS256") return sign(claims, textAt(api, "signing_secret") ?? "", alg);
      return sign(claims, { ...secret, alg, kid: thumbprint }, alg);
    },
    keys: {
      keys: [
        {
          kty: kty ?? "",
          use: "sig",
          alg: "RS256",
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

const algorithms: { readonly [name: string]: SignatureAlgorithm } = {
  HS256: "HS256",
  RS256: "RS256",
  RS512: "RS512",
  PS256: "PS256",
};
