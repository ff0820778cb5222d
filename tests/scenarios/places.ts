/** An app of the story, as far as its own program knows. */
export interface KnownApp {
  readonly redirectUri: string;
  /** Where a person comes back to after signing out. */
  readonly home: string;
  readonly audience: string;
  readonly scope: string;
}

const service = "https://api.travel.example/";
const vendor = "https://vendor-api.travel.example/";
const always = "openid profile email offline_access";

const app = (home: string, path: string, audience: string, scopes: string): KnownApp => ({
  redirectUri: `${home}${path}/callback`,
  home,
  audience,
  scope: `${always} ${scopes}`,
});

/** The sites of Pulumi.local.yaml, and what each app of stacks/catalog.ts asks for. `partner` is somebody else's. */
const apps: Readonly<Record<string, KnownApp>> = {
  main: app("https://localhost:3000", "", service, "read:account update:account read:bookings create:bookings"),
  "main-personal": app("https://localhost:3000", "/personal", service, "read:account create:bookings"),
  portal: app("https://localhost:3001", "", service, "read:account read:api-keys manage:api-keys"),
  "vendor-catering": app("https://localhost:3002", "", vendor, "read:offers update:offers"),
  "vendor-rental": app("https://localhost:3003", "", vendor, "read:offers update:offers"),
  partner: app("https://localhost:3009", "", service, "read:account"),
};

export function knownApp(name: string): KnownApp {
  const known = apps[name];
  if (!known) throw new Error(`the story has no app ${name}`);
  return known;
}

/** Where a browser leaves the tenant. */
export const landings: readonly string[] = [
  ...new Set(Object.values(apps).flatMap(({ redirectUri, home }) => [redirectUri, `${home}/`])),
];
