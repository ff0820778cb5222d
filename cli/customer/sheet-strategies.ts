import type { DeclaredConnection } from "../../stacks/entry-connections.ts";
import type { Section } from "./sheet.ts";

/** What a sheet says of a connection. */
interface Shown {
  readonly name: string;
  readonly connection: DeclaredConnection;
  /** The tenant's own or custom domain. */
  readonly domain: string;
}

/** What administrators set up at their identity provider, and what they send back. */
export function sectionsOf(shown: Shown): Section[] {
  const { connection } = shown;
  return [...signInOf(shown), ...("scim" in connection && connection.scim ? [provisioning(connection)] : [])];
}

/** Who names a person, and what they get from us. The endpoint has the connection's id, which nobody knows before it is up. */
function provisioning({ strategy }: DeclaredConnection): Section {
  return {
    heading: "Keep your people up to date by SCIM",
    text: "Your identity provider can make, change and block your people’s accounts by itself. We send you the address of our SCIM endpoint, and a token for it in a way that nobody else can read.",
    values: [["Attribute that names a person", strategy === "samlp" ? "userName" : "externalId"]],
    steps: [
      strategy === "samlp"
        ? "Send in it what you send as the NameID."
        : "Send in it the identifier that you send at a login.",
      "Keep the token secret; we can make another one when it is lost.",
    ],
  };
}

function signInOf(shown: Shown): Section[] {
  const { connection } = shown;
  switch (connection.strategy) {
    case "oidc":
      return [
        {
          heading: "Register an application at your identity provider",
          text: "Register a web application that signs in by OpenID Connect, with the authorization code flow.",
          values: [
            ["Redirect URI", callback(shown)],
            ["Scopes", scopesOf(connection)],
          ],
          steps: [
            connection.pkce === "disabled" ? "We do not use PKCE." : "We use PKCE with S256 where you announce it.",
          ],
        },
        claims("Send these claims of each person.", [
          ["An identifier that never changes", "sub"],
          ["E-mail address", connection.attributes?.email ?? "email"],
          ["Name", connection.attributes?.name ?? "name"],
        ]),
        wanted(["Send us the issuer.", "Send us the client ID.", secret("the client secret")]),
      ];
    case "okta":
      return [
        {
          heading: "Create an app integration in Okta",
          text: "Choose the sign-in method OIDC, the application type web application and the grant type authorization code.",
          values: [
            ["Sign-in redirect URI", callback(shown)],
            ["Scopes", scopesOf(connection)],
          ],
          steps: ["Assign the people or groups who may sign in."],
        },
        wanted(["Send us your Okta domain.", "Send us the client ID.", secret("the client secret")]),
      ];
    case "waad":
      return [
        {
          heading: "Register an application in Microsoft Entra ID",
          text: "Choose accounts in this organizational directory only, and the platform web.",
          values: [
            ["Redirect URI", callback(shown)],
            ["API permission of Microsoft Graph, delegated", "User.Read"],
          ],
          steps: ["Grant admin consent.", "Make a client secret, and note the day on which it expires."],
        },
        claims("We read these claims of each person; the address of those who have one.", [
          ["An identifier that never changes", connection.userId ?? "oid"],
          ["User principal name", "upn"],
          ["E-mail address", "email"],
        ]),
        wanted([
          "Send us the directory (tenant) ID.",
          "Send us the application (client) ID.",
          secret("the client secret’s value and its last day"),
        ]),
      ];
    case "google-apps":
      return [
        {
          heading: "Create an OAuth client in the Google Cloud console",
          text: "Choose the application type web application and the audience internal.",
          values: [
            ["Authorized JavaScript origin", `https://${shown.domain}`],
            ["Authorized redirect URI", callback(shown)],
          ],
        },
        wanted(["Send us the Workspace’s primary domain.", "Send us the client ID.", secret("the client secret")]),
      ];
    case "samlp":
      return [
        {
          heading: "Add a service provider to your SAML identity provider",
          values: [
            ["Assertion consumer service (ACS) URL, by POST", `${callback(shown)}?connection=${shown.name}`],
            ["Entity ID (audience)", connection.entityId ?? `urn:auth0:${labelOf(shown.domain)}:${shown.name}`],
            [
              "Metadata, with our signing certificate",
              `https://${shown.domain}/samlp/metadata?connection=${shown.name}`,
            ],
          ],
          steps: [
            `Our requests are signed with RSA and SHA-256, and come by ${connection.requestBinding === "post" ? "POST" : "redirect"}.`,
            "Sign the assertion or the response with RSA and SHA-256.",
            "Do not encrypt assertions.",
          ],
        },
        claims(
          connection.attributes?.user_id === undefined
            ? "Send an identifier that never changes as the NameID, and these attributes of each person."
            : "Send these attributes of each person.",
          [
            ...(connection.attributes?.user_id === undefined
              ? []
              : [["An identifier that never changes", connection.attributes.user_id] as const]),
            [
              "E-mail address",
              connection.attributes?.email ?? "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
            ],
            ["Name", connection.attributes?.name ?? "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"],
          ],
        ),
        wanted(["Send us the sign-in URL.", "Send us the signing certificate (PEM), and tell us before it changes."]),
      ];
    case "adfs":
      return [
        {
          heading: "Add a relying party trust in AD FS",
          text: "Choose the WS-Federation passive protocol.",
          values: [
            ["Relying party WS-Federation passive endpoint", callback(shown)],
            ["Relying party trust identifier", `urn:auth0:${labelOf(shown.domain)}`],
          ],
          steps: ["Issue the claims name ID, e-mail address, name and UPN."],
        },
        wanted(["Send us the address of the federation metadata, or the file."]),
      ];
    case "database":
      return [
        {
          heading: "Sign-in",
          text: "Your people have passwords in a directory of their own. We make the accounts that you name.",
        },
      ];
    default:
      return connection satisfies never;
  }
}

const callback = ({ domain }: Shown) => `https://${domain}/login/callback`;

/** A tenant's name is the first label of its own domain; behind a custom domain the entry has to say the entity ID. */
const labelOf = (domain: string) => domain.split(/[.:]/)[0] ?? domain;

const scopesOf = ({ scopes = [] }: { readonly scopes?: readonly string[] | undefined }) =>
  ["openid", "profile", "email", ...scopes].join(" ");

const claims = (text: string, values: readonly (readonly [string, string])[]): Section => ({
  heading: "What to send of a person",
  text,
  values,
});

const wanted = (steps: readonly string[]): Section => ({ heading: "What we need from you", steps });

const secret = (what: string) => `Send us ${what} in a way that nobody else can read.`;
