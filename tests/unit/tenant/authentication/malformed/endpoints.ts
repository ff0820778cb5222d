import { AUDIENCE, CALLBACK } from "../shop.ts";

/** Where people and apps send requests, and with which parameters: each with values that would do. `{…}` is put in when it is sent. */
export const endpoints: readonly { readonly path: string; readonly usual: "GET" | "POST"; readonly given: Given }[] =
  (() => {
    const app = { client_id: ["{client}"], client_secret: ["{secret}"] };
    const page = { state: ["{login}", "{signed}"], action: ["default", "accept", "edit", "personal"] };
    const password = { ...page, username: ["bob@mail.example"], password: ["Let-Me-In-1"] };
    const forms: Readonly<Record<string, Given>> = {
      "/u/login/identifier": { ...password, connection: ["{connection}"] },
      "/u/login/password": password,
      "/u/signup": { ...page, email: ["new@mail.example"], password: ["Let-Me-In-1"] },
      "/u/organization": { ...page, organizationName: ["acme"] },
      "/u/organization/selection": { ...page, organization: ["{organization}"] },
      "/u/organization/picker": { ...page, organization: ["{organization}"] },
      "/u/mfa-otp-challenge": { ...page, code: ["123456"] },
      "/u/mfa-otp-enrollment": { ...page, code: ["123456"] },
      "/u/consent": page,
      "/u/reset-password/request": { ...page, email: ["bob@mail.example"] },
      "/u/reset-password": { ticket: ["x"], passed: ["x"], password: ["Let-Me-In-2"] },
      "/u/email-verification": { ticket: ["x"] },
      "/u/login": page,
      "/login/callback": { state: ["{login}"], code: ["x"], error: ["access_denied"], error_description: ["no"] },
    };
    const authorize: Given = {
      client_id: ["{client}"],
      redirect_uri: [CALLBACK],
      response_type: ["code"],
      response_mode: ["query", "form_post"],
      scope: ["openid email", "openid offline_access read:it"],
      audience: [AUDIENCE],
      state: ["s"],
      nonce: ["n"],
      prompt: ["none", "login", "consent"],
      max_age: ["0", "3600"],
      organization: ["{organization}"],
      connection: ["users"],
      login_hint: ["bob@mail.example"],
      screen_hint: ["signup"],
      invitation: ["x"],
      code_challenge: ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
      code_challenge_method: ["S256"],
    };
    const token: Given = {
      ...app,
      grant_type: ["authorization_code", "refresh_token", "client_credentials"],
      code: ["x"],
      redirect_uri: [CALLBACK],
      code_verifier: ["v"],
      refresh_token: ["{refresh}"],
      scope: ["openid"],
      audience: [AUDIENCE],
      organization: ["{organization}"],
    };
    const bye = ["https://app.example.com/bye"];
    const hint = { id_token_hint: ["{hint}"], post_logout_redirect_uri: bye, state: ["s"], confirmed: ["yes"] };
    const database = { client_id: ["{client}"], connection: ["users"], email: ["eve@mail.example"] };
    return [
      ...["GET", "POST"].map((usual) => ({ path: "/authorize", usual: usual as "GET" | "POST", given: authorize })),
      { path: "/authorize", usual: "GET", given: authorize },
      { path: "/oauth/token", usual: "POST", given: token },
      { path: "/oauth/token", usual: "POST", given: token },
      { path: "/oauth/revoke", usual: "POST", given: { ...app, token: ["{refresh}"] } },
      { path: "/userinfo", usual: "GET", given: {} },
      { path: "/v2/logout", usual: "GET", given: { client_id: ["{client}"], returnTo: bye, federated: [""] } },
      { path: "/oidc/logout", usual: "GET", given: { client_id: ["{client}"], ...hint } },
      { path: "/oidc/logout", usual: "POST", given: { client_id: ["{client}"], ...hint } },
      { path: "/dbconnections/signup", usual: "POST", given: { ...database, password: ["Let-Me-In-1"] } },
      { path: "/dbconnections/change_password", usual: "POST", given: database },
      ...Object.entries(forms).flatMap(([path, given]) => [
        { path, usual: "GET" as const, given },
        { path, usual: "POST" as const, given },
      ]),
    ];
  })();

export type Given = Readonly<Record<string, readonly string[]>>;
