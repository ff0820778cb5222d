import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ManagementApi } from "../../../local/plugin/management.ts";
import { tokenSource } from "../../../local/plugin/token.ts";
import { type FakeApi, refusal, startFakeApi, throwawayCertificate } from "./fake-management-api.ts";

let fake: FakeApi;
let waits: number[];

beforeAll(async () => {
  fake = await startFakeApi(() => ({ status: 200, body: {} }));
});
afterAll(() => fake.close());
beforeEach(() => {
  waits = [];
  fake.lines();
});

const wait = async (milliseconds: number) => {
  waits.push(milliseconds);
};
function connect(more: Partial<ConstructorParameters<typeof ManagementApi>[0]> = {}): ManagementApi {
  return new ManagementApi({
    domain: fake.domain,
    trusted: fake.certificate,
    token: async () => "token",
    wait,
    ...more,
  });
}

/** Answers one after the other; the last one stays. */
function inTurn(...statuses: number[]): void {
  const rest = [...statuses];
  fake.answer = () => {
    const status = (rest.length > 1 ? rest.shift() : rest[0]) ?? 200;
    return status === 200 ? { status, body: { done: true } } : refusal(status, "Error", "Try again.");
  };
}

test("a scheme and a slash around the domain do no harm", () => {
  for (const domain of ["t.auth0.com", "https://t.auth0.com", "http://t.auth0.com/"]) {
    expect(connect({ domain }).origin).toBe("https://t.auth0.com");
  }
});

test.each([500, 502, 503, 504, 524])("%i is tried three times more, a creation too", async (status) => {
  inTurn(status);
  await expect(connect().send("POST", "roles", {})).rejects.toThrow(`${status} Error: Try again.`);
  expect(fake.lines()).toEqual(Array(4).fill("POST roles"));
  expect(waits).toHaveLength(3);
  expect(waits.every((milliseconds, i) => milliseconds >= 0 && milliseconds <= 500 * 2 ** i)).toBe(true);
});

test("an answer that comes after a failure is the answer", async () => {
  inTurn(503, 200);
  expect(await connect().send("GET", "roles/r")).toEqual({ done: true });
  expect(fake.lines()).toHaveLength(2);
});

test("a rate limit is waited out as often as it comes, until the time it names", async () => {
  const reset = Math.floor(Date.now() / 1000) + 60;
  const headers: Record<string, string>[] = [
    { "x-ratelimit-reset": String(reset) },
    {},
    { "x-ratelimit-reset": "1" },
    {},
    {},
  ];
  fake.answer = () => {
    const next = headers.shift();
    return next ? { status: 429, headers: next, body: {} } : { status: 200, body: { done: true } };
  };
  expect(await connect().send("GET", "clients")).toEqual({ done: true });
  expect(fake.lines()).toHaveLength(6);
  expect(waits[0]).toBeGreaterThan(55_000);
  expect(waits.slice(1)).toEqual([5_000, 0, 5_000, 5_000]);
});

test("a refusal is no retry and carries status, error and message", async () => {
  inTurn(409);
  const refused = connect().send("POST", "organizations", {});
  await expect(refused).rejects.toMatchObject({ status: 409, message: "409 Error: Try again." });
  expect(fake.lines()).toEqual(["POST organizations"]);
});

test("an answer that is no JSON is told as one", async () => {
  fake.answer = () => ({ status: 404 });
  await expect(connect().send("GET", "roles/r")).rejects.toThrow("404 Error: the answer is not JSON");
});

test("a refused token is one sentence with the way out, without the token", async () => {
  fake.answer = () => refusal(401, "Unauthorized", "Invalid token");
  const refused = connect({ token: async () => "hidden-token" }).send("GET", "roles/r");
  await expect(refused).rejects.toThrow(
    new Error(
      `https://${fake.domain} refused the token (401 Unauthorized: Invalid token): set AUTH0_API_TOKEN to a valid Management API token, or AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET.`,
    ),
  );
});

test("a certificate that nobody vouches for is one sentence with the way out, and no retry", async () => {
  const { cert } = await throwawayCertificate();
  await expect(connect({ trusted: cert }).send("GET", "roles")).rejects.toThrow(
    new RegExp(
      `^The certificate of https://${fake.domain} is not trusted \\(.*\\): set SSL_CERT_FILE to a bundle that holds the authority which signed it\\.$`,
    ),
  );
  expect(waits).toEqual([]);
  expect(fake.lines()).toEqual([]);
});

test("a tenant that does not run is one sentence with the way out", async () => {
  const stopped = await startFakeApi(() => ({ status: 200 }));
  await stopped.close();
  const { port } = new URL(`https://${stopped.domain}`);
  await expect(connect({ domain: stopped.domain }).send("GET", "roles")).rejects.toThrow(
    new RegExp(
      `^https://${stopped.domain} cannot be reached \\(connect ECONNREFUSED .*:${port}\\): start the tenant, or set AUTH0_DOMAIN to one that runs\\.$`,
    ),
  );
  expect(waits).toHaveLength(3);
});

test("client credentials fetch one token for all requests, shown by Basic, and send it", async () => {
  const sent: unknown[] = [];
  fake.answer = ({ path, body, headers }) => {
    if (path !== "/oauth/token") return { status: 200, body: {} };
    sent.push(headers.authorization, body);
    return { status: 200, body: { access_token: "fetched", token_type: "Bearer", expires_in: 3600 } };
  };
  const audience = `https://${fake.domain}/api/v2/`;
  const token = tokenSource({ domain: fake.domain, client: { id: "i d", secret: "s:t", audience } });
  const api = connect({ token });
  await Promise.all([api.send("GET", "roles"), api.send("GET", "clients")]);
  await api.send("GET", "actions");
  expect(sent).toEqual([`Basic ${btoa("i+d:s%3At")}`, { audience, grant_type: "client_credentials" }]);
  expect(fake.lines().sort()).toEqual(["GET actions", "GET clients", "GET roles", "POST /oauth/token"]);
});

test("a tenant that takes no Basic gets the client in the form, and so from then on", async () => {
  const sent: unknown[] = [];
  fake.answer = ({ path, body, headers }) => {
    if (path !== "/oauth/token") return { status: 200, body: {} };
    sent.push(body);
    if (headers.authorization) return { status: 401, body: { error: "access_denied" } };
    return { status: 200, body: { access_token: "fetched", expires_in: 10 } }; // over at once: a margin of 10 seconds
  };
  const token = tokenSource({ domain: fake.domain, client: { id: "id", secret: "secret", audience: "a" } });
  const api = connect({ token });
  await api.send("GET", "roles");
  await api.send("GET", "roles");
  const inForm = { audience: "a", client_id: "id", client_secret: "secret", grant_type: "client_credentials" };
  expect(sent).toEqual([{ audience: "a", grant_type: "client_credentials" }, inForm, inForm]);
});

test("a token that does not say when it ends is used for ever", async () => {
  fake.answer = ({ path }) => ({ status: 200, body: path === "/oauth/token" ? { access_token: "fetched" } : {} });
  const token = tokenSource({ domain: fake.domain, client: { id: "id", secret: "secret", audience: "a" } });
  const api = connect({ token });
  await api.send("GET", "roles");
  await api.send("GET", "roles");
  expect(fake.lines()).toEqual(["POST /oauth/token", "GET roles", "GET roles"]);
});

test("refused client credentials are told without the secret", async () => {
  fake.answer = () => ({ status: 401, body: { error: "access_denied", error_description: "Unauthorized" } });
  const token = tokenSource({ domain: fake.domain, client: { id: "id", secret: "hidden", audience: "a" } });
  await expect(connect({ token }).send("GET", "roles")).rejects.toThrow(
    "401 No token: Unauthorized; check AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET and AUTH0_AUDIENCE.",
  );
});
