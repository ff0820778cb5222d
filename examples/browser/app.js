import { createAuth0Client } from "@auth0/auth0-spa-js";

/** The last company that a login was for; a hint, no proof. */
const lastUsed = "last-used";
const root = document.querySelector("#app");
const { apiUrl, domain, clientId, audience, scope } = await ask("/settings.json");
const auth0 = await createAuth0Client({
  domain,
  clientId,
  useRefreshTokens: true,
  cacheLocation: "localstorage",
  authorizationParams: { audience, scope, redirect_uri: `${location.origin}/callback` },
});

if (location.pathname === "/callback") await comeBack();
else if (location.pathname === "/login") await signIn(Object.fromEntries(new URLSearchParams(location.search)), {});
else if (await auth0.isAuthenticated()) await showHome();
else showEntrance();

/** Back from the tenant: signed in, or refused, which is answered once. */
async function comeBack() {
  try {
    await auth0.handleRedirectCallback();
    const { org_id: organization } = await auth0.getIdTokenClaims();
    localStorage.setItem(lastUsed, organization);
    history.replaceState({}, "", "/");
    await showHome();
  } catch (error) {
    localStorage.removeItem(lastUsed);
    const { email, retried } = error.appState ?? {};
    const answer = await ask("/retry", { description: error.error_description, email, retried: retried && "yes" });
    if (!answer.retry) return showRefusal(answer.sentence, answer.code);
    const { organization, prompt, loginHint } = answer;
    await signIn({ organization, prompt, login_hint: loginHint }, { email, retried: true });
  }
}

/** To the tenant, with what is known. */
async function signIn(parameters, appState) {
  const known = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  await auth0.loginWithRedirect({ authorizationParams: Object.fromEntries(known), appState });
}

function showEntrance() {
  const label = element("label", { htmlFor: "who", textContent: "Work e-mail or company (optional)" });
  const field = element("input", { id: "who", type: "text", autocomplete: "username", spellcheck: false });
  const form = element("form", { className: "card" }, label, field, button("Sign in", "first"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void enter(field.value.trim());
  });
  root.replaceChildren(form);
}

async function enter(who) {
  const email = who.includes("@") ? who : undefined;
  const subdomain = who === "" || email ? undefined : who.toLowerCase();
  const last = who === "" ? (localStorage.getItem(lastUsed) ?? undefined) : undefined;
  const answer = await ask("/resolve", { email, subdomain, lastUsed: last });
  if (answer.kind !== "login") return showRefusal(answer.sentence, answer.reason, answer.url);
  await signIn({ organization: answer.organization, login_hint: answer.loginHint }, { email });
}

async function showHome() {
  const { name, email, org_id: organization } = await auth0.getUser();
  const { name: company } = await ask("/company", { organization });
  const token = await auth0.getTokenSilently();
  const answer = await fetch(`${apiUrl}/offers`, { headers: { Authorization: `Bearer ${token}` } });
  const said = {
    Name: name,
    "E-mail": email,
    Company: company,
    "GET /offers": `${answer.status} ${await answer.text()}`,
  };
  const facts = Object.entries(said).flatMap(([term, text]) => [
    element("dt", { textContent: term }),
    element("dd", { textContent: text }),
  ]);
  const renew = button("Renew");
  renew.addEventListener("click", async () => {
    await auth0.getTokenSilently({ cacheMode: "off" });
    await showHome();
  });
  const leave = button("Sign out");
  leave.addEventListener("click", () => auth0.logout({ logoutParams: { returnTo: location.origin } }));
  root.replaceChildren(element("div", { className: "card", id: "who" }, element("dl", {}, ...facts)), renew, leave);
}

function showRefusal(sentence, code, url) {
  const card = element("div", { className: "card" }, element("p", { id: "sentence", textContent: sentence }));
  if (code)
    card.append(element("p", { className: "hint" }, "Code: ", element("code", { id: "code", textContent: code })));
  if (url) card.append(element("p", {}, element("a", { href: url, textContent: `Go to ${url}` })));
  card.append(element("a", { href: "/", textContent: "Back" }));
  root.replaceChildren(card);
}

function button(textContent, className = "") {
  return element("button", { textContent, className });
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function ask(path, parameters = {}) {
  const known = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  return (await fetch(`${path}?${new URLSearchParams(Object.fromEntries(known))}`)).json();
}
