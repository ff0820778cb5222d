import type { Hands } from "../../scenarios/hands.ts";

/** An invitation by mail. */
interface Invited {
  readonly email: string;
  readonly company: string;
  readonly app: string;
  readonly role: string;
}

/** Invites somebody into a company, with a role there; the link of the mail, which leads to the app. */
export async function invite(hands: Hands, { email, company, app, role }: Invited): Promise<string> {
  await hands.change({
    method: "POST",
    path: `organizations/{org:${company}}/invitations`,
    body: {
      inviter: { name: "Somebody" },
      invitee: { email },
      client_id: `{app:${app}}`,
      roles: [`{role:${role}}`],
    },
  });
  const { link = "" } = await hands.lastMail(email);
  return link;
}

/**
 * What an invitation's link hands to the app for the login:
 * https://auth0.com/docs/manage-users/organizations/configure-organizations/invite-members
 */
export function invitationIn(said: URLSearchParams): Readonly<Record<string, string>> {
  return { invitation: said.get("invitation") ?? "", organization: said.get("organization") ?? "" };
}

/** What became of an address in a company: all that the tenant lists of it. */
export async function standing(hands: Hands, email: string, company: string): Promise<unknown> {
  const organization = await hands.filled(`organizations/{org:${company}}`);
  const members = (await hands.read(`${organization}/members?per_page=100`)) as readonly { readonly user_id: string }[];
  const accounts = (await hands.read(`users-by-email?email=${encodeURIComponent(email)}`)) as readonly {
    readonly user_id: string;
    readonly email_verified: boolean;
  }[];
  const invitations = (await hands.read(`${organization}/invitations`)) as readonly {
    readonly invitee: { readonly email: string };
  }[];
  const roles = async (id: string) => {
    const found = await hands.read(`${organization}/members/${encodeURIComponent(id)}/roles`);
    return (found as readonly { readonly name: string }[]).map(({ name }) => name);
  };
  return {
    open: invitations.filter(({ invitee }) => invitee.email === email).length,
    accounts: await Promise.all(
      accounts.map(async ({ user_id, email_verified }) => ({
        verified: email_verified,
        ...(members.some((member) => member.user_id === user_id) ? { roles: await roles(user_id) } : {}),
      })),
    ),
  };
}
