import type { Call } from "../scenarios/scenario.ts";
import { noMember } from "../scenarios/story.ts";
import type { Attack, Doing, Guard } from "./attack.ts";
import { acts, type Scene } from "./scene.ts";

// Invitations, accepted by others than those who are meant, more often or elsewhere.

const LENA = "lena@mail.example";
const invite = (email: string): Call => ({
  method: "POST",
  path: "organizations/{org:dune-crafts}/invitations",
  body: { inviter: { name: "Nadia" }, invitee: { email }, client_id: "{app:main}" },
});
const of = (line: string, becomes: string): Guard => ({ source: "login/settle.ts", line, becomes });

/** Follows the link that was mailed to an address, as Lena. */
const follow = async (scene: Scene, email: string, organization?: string): Promise<string> => {
  const { link = "" } = await scene.hands.lastMail(email);
  const said = new URL(link).searchParams;
  const into = organization ?? said.get("organization") ?? "";
  const ask = { invitation: said.get("invitation") ?? "", organization: into };
  return acts({ app: "main", ask, as: LENA })(scene);
};

const asLena =
  (email: string, organization?: string): Doing =>
  (scene) =>
    follow(scene, email, organization);

const twice =
  (...between: readonly Call[]): Doing =>
  async (scene) => {
    await follow(scene, LENA);
    for (const call of between) await scene.hands.change(call);
    return follow(scene, LENA);
  };

const notFound = "invalid_request: invitation not found or already used";

export const invitations: readonly Attack[] = [
  {
    title: "follows another person's invitation",
    guard: of(
      "if (tenant.user(identity.user)?.email?.toLowerCase() !== invitation.email.toLowerCase()) {",
      "if (!tenant) {",
    ),
    given: [invite("zoe@mail.example"), invite(LENA)],
    attack: asLena("zoe@mail.example"),
    refused: "access_denied: the user's email does not match the invitation",
    gains: "in dune-crafts",
    twin: asLena(LENA),
  },
  {
    title: "follows an invitation once more after having left",
    guard: {
      source: "local/tenant/entities/invitations-accept.ts",
      line: "objects.remove(invitation);",
      becomes: "",
    },
    given: [invite(LENA)],
    attack: twice(noMember(LENA, "dune-crafts")),
    refused: notFound,
    gains: "in dune-crafts",
    twin: twice(noMember(LENA, "dune-crafts"), invite(LENA)),
  },
  {
    title: "follows an invitation into another organization",
    guard: of("invitation.organization === organization.id &&", ""),
    given: [invite(LENA)],
    attack: asLena(LENA, "{org:cedar}"),
    refused: notFound,
    gains: "in cedar",
    twin: asLena(LENA),
    twinGets: "in dune-crafts",
  },
];
