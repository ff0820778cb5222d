import type { Company } from "../../stacks/entries.ts";
import {
  type DeclaredConnection,
  declaredConnections,
  selfServiceConnections,
} from "../../stacks/entry-connections.ts";
import type { Settings } from "../../stacks/load.ts";
import { recordsOf } from "./records.ts";

/** A handoff for a company's administrators: sections of lines, told by what they are. */
export interface Sheet {
  readonly title: string;
  readonly sections: readonly Section[];
}

interface Section {
  readonly heading: string;
  readonly text?: string;
  /** What is to be copied: label and value. */
  readonly values?: readonly (readonly [string, string])[];
  readonly steps?: readonly string[];
}

/** What a sheet says of a connection. */
interface Shown {
  readonly name: string;
  readonly connection: DeclaredConnection;
  /** The tenant's own or custom domain. */
  readonly domain: string;
}

/** @param domain under which people sign in: the tenant's, or its custom domain */
export function sheetOf(settings: Settings, company: Company, domain: string): Sheet {
  const { entry } = company;
  const connections = Object.entries(declaredConnections(entry)).flatMap(([name, connection]) =>
    sectionsOf({ name, connection, domain }),
  );
  const own = selfServiceConnections(entry).map((name) => ({
    heading: `Connection ${name}`,
    text: "You set this connection up yourselves: we send you a link to the assistant.",
  }));
  const passwords =
    entry.connections === undefined
      ? [{ heading: "Sign-in", text: "Your people sign in with a password. Each of them gets an invitation by mail." }]
      : [];
  return {
    title: `Single sign-on for ${entry.displayName} at ${settings.friendlyName}`,
    sections: [...connections, ...own, ...passwords, ...proofs(settings, company), test(settings, company)],
  };
}

function sectionsOf(shown: Shown): Section[] {
  const { connection } = shown;
  switch (connection.strategy) {
    case "oidc":
      return [
        {
          heading: "Register an application at your identity provider",
          text: "A web application by OpenID Connect, with the authorization code flow.",
          values: [["Redirect URI", callback(shown)], ["Scopes", scopesOf(connection)], pkceOf(connection)],
        },
        claims(["sub, which never changes", "email", "name"]),
        given(["the issuer", "the client ID", "the client secret, by a way that is safe"]),
      ];
    case "okta":
      return [
        {
          heading: "Create an app integration in Okta",
          text: "Sign-in method OIDC, application type web application, grant type authorization code.",
          values: [
            ["Sign-in redirect URI", callback(shown)],
            ["Scopes", scopesOf(connection)],
          ],
          steps: ["Assign the people or groups who may sign in."],
        },
        given(["your Okta domain", "the client ID", "the client secret, by a way that is safe"]),
      ];
    case "waad":
      return [
        {
          heading: "Register an application in Microsoft Entra ID",
          text: "Supported account types: this organizational directory only. Platform: web.",
          values: [
            ["Redirect URI", callback(shown)],
            ["API permission", "Microsoft Graph, delegated: User.Read"],
          ],
          steps: ["Grant admin consent.", "Make a client secret, and note the day on which it expires."],
        },
        claims(["oid", "upn", "email, where people have an address"]),
        given([
          "the directory (tenant) ID",
          "the application (client) ID",
          "the secret's value and its last day, by a way that is safe",
        ]),
      ];
    case "google-apps":
      return [
        {
          heading: "Create an OAuth client in the Google Cloud console",
          text: "Application type web application, audience internal.",
          values: [
            ["Authorized JavaScript origin", `https://${shown.domain}`],
            ["Authorized redirect URI", callback(shown)],
          ],
        },
        given(["the Workspace’s primary domain", "the client ID", "the client secret, by a way that is safe"]),
      ];
    case "samlp":
      return [
        {
          heading: "Add a service provider to your SAML identity provider",
          values: [
            ["Assertion consumer service (ACS) URL, by POST", `${callback(shown)}?connection=${shown.name}`],
            ["Entity ID (audience)", connection.entityId ?? `urn:auth0:${tenantOf(shown.domain)}:${shown.name}`],
            [
              "Metadata, with our signing certificate",
              `https://${shown.domain}/samlp/metadata?connection=${shown.name}`,
            ],
            [
              "Our requests",
              `signed, RSA with SHA-256, by ${connection.requestBinding === "post" ? "POST" : "redirect"}`,
            ],
          ],
          steps: ["Sign the assertion or the response, with RSA and SHA-256.", "Do not encrypt assertions."],
        },
        {
          heading: "What to send of a person",
          values: [
            ["NameID", "an id that never changes"],
            [
              "Address",
              connection.attributes?.email ?? "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
            ],
            ["Name", connection.attributes?.name ?? "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"],
          ],
        },
        given(["the sign-in URL", "the signing certificate (PEM), and tell us before it changes"]),
      ];
    case "adfs":
      return [
        {
          heading: "Add a relying party trust in AD FS",
          text: "WS-Federation passive protocol.",
          values: [
            ["Relying party WS-Federation passive endpoint", callback(shown)],
            ["Relying party trust identifier", `urn:auth0:${tenantOf(shown.domain)}`],
          ],
        },
        claims(["name ID", "e-mail address", "name", "UPN"]),
        given(["the address of the federation metadata, or the file"]),
      ];
    case "database":
      return [
        {
          heading: "Sign-in",
          text: "Your people have passwords in a directory of your own. We make the accounts that you name.",
        },
      ];
    default:
      return connection satisfies never;
  }
}

const callback = ({ domain }: Shown) => `https://${domain}/login/callback`;

/** A tenant's name is the first label of its own domain; behind a custom domain the entry has to say the entity ID. */
const tenantOf = (domain: string) => domain.split(/[.:]/)[0] ?? domain;

const scopesOf = ({ scopes = [] }: { readonly scopes?: readonly string[] | undefined }) =>
  ["openid", "profile", "email", ...scopes].join(" ");

const pkceOf = ({ pkce = "auto" }: { readonly pkce?: string | undefined }): readonly [string, string] => [
  "PKCE",
  pkce === "disabled" ? "is not used" : "S256 is used where you announce it",
];

const claims = (names: readonly string[]): Section => ({ heading: "What to send of a person", steps: names });

const given = (names: readonly string[]): Section => ({ heading: "What we need from you", steps: names });

function proofs(settings: Settings, company: Company): Section[] {
  const records = recordsOf(settings, company);
  if (!settings.environment.domainProof || records.length === 0) return [];
  return [
    {
      heading: "Prove that the domains are yours",
      text: "Publish one TXT record a domain. It holds no secret, and may go once we told you that it was found.",
      values: records.map(({ host, value }) => [host, value] as const),
    },
  ];
}

function test({ sites }: Settings, { entry }: Company): Section {
  const pilot = entry.state === "pilot";
  return {
    heading: "Try it",
    steps: pilot
      ? [
          "Name two people who try it first. Each gets an invitation by mail; its link leads to your sign-in.",
          "Nothing changes for anybody else until you tell us that it works.",
          "Have somebody try who must not come in: a person who is not assigned to the application.",
        ]
      : [
          `Open ${sites.main} in a private window and type an address at one of your domains: it leads to your own sign-in.`,
          "Have somebody try who must not come in: a person who is not assigned to the application.",
          "Sign out, and sign in again.",
        ],
  };
}
