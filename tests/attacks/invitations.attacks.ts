import type { Call } from "../scenarios/scenario.ts";
import { newPerson, noMember } from "../scenarios/story.ts";
import type { Attack, Doing, Guard } from "./attack.ts";
import { acts, type Scene } from "./scene.ts";

// Invitations, accepted by others than those who are meant, or more often, or elsewhere.

const LENA = "lena@mail.example";
const GUS = "gus@mail.example";
const invite = (email: string, app = "main"): Call => ({
  method: "POST",
  path: "organizations/{org:dune-crafts}/invitations",
  body: { inviter: { name: "Nadia" }, invitee: { email }, client_id: `{app:${app}}` },
});
const of = (line: string, becomes: string): Guard => ({ source: "login/settle.ts", line, becomes });

/** Follows the link to the main app that was mailed to an address. */
const follow = async (scene: Scene, email: string, as: string): Promise<string> => {
  const { link = "" } = await scene.hands.lastMail(email);
  const said = new URL(link).searchParams;
  const ask = { invitation: said.get("invitation") ?? "", organization: said.get("organization") ?? "" };
  return acts({ app: "main", ask, as })(scene);
};

const follows =
  (email: string, as = LENA): Doing =>
  (scene) =>
    follow(scene, email, as);

const twice =
  (...between: readonly Call[]): Doing =>
  async (scene) => {
    await follow(scene, LENA, LENA);
    for (const call of between) await scene.hands.change(call);
    return follow(scene, LENA, LENA);
  };

const notFound = "invalid_request: invitation not found or already used";

export const invitations: readonly Attack[] = [
  {
    title: "follows another person's invitation",
    guard: of('if (tenant.user(identity.user)?.email?.toLowerCase() !== email.toLowerCase()) return "address";', ""),
    given: [invite("zoe@mail.example"), invite(LENA)],
    attack: follows("zoe@mail.example"),
    refused: "access_denied: the specified account is not allowed to accept the current invitation",
    gains: "in dune-crafts",
    twin: follows(LENA),
  },
  {
    title: "follows an invitation once more after having left",
    guard: {
      source: "local/tenant/entities/invitations-accept.ts",
      line: "spendInvitation(objects, ticket);",
      becomes: "",
    },
    given: [invite(LENA)],
    attack: twice(noMember(LENA, "dune-crafts")),
    refused: notFound,
    gains: "in dune-crafts",
    twin: twice(noMember(LENA, "dune-crafts"), invite(LENA)),
  },
  {
    title: "follows an invitation to another app",
    guard: of("invitation.client === client.id", "true"),
    given: [newPerson(GUS), invite(GUS), invite(LENA, "portal")],
    attack: follows(LENA),
    refused: notFound,
    gains: "in dune-crafts",
    twin: follows(GUS, GUS),
  },
];
