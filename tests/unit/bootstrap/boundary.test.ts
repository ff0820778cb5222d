import { expect, test } from "vitest";
import { bootstrapNames } from "../../../components/aws/bootstrap/names.ts";
import { declareEdges } from "../../../stacks/declare-aws.ts";
import { withAws } from "../../harness/aws/settings.ts";
import { declareAws, named } from "../components/aws/graph.ts";

const settings = withAws("prod");
const { aws } = settings;
if (!aws) throw new Error("prod has nothing in AWS");
const { deployArn, boundaryArn } = bootstrapNames(aws);

async function boundOf(deployers: string[]): Promise<unknown> {
  const all = await declareAws(() => declareEdges({ ...settings, aws: { ...aws, deployers } as typeof aws }, {}));
  return named(all, "User", "mail-sender")?.inputs.permissionsBoundary;
}

test("where the bootstrap's role deploys, the mail's user has the bound without which that role may not make it", async () => {
  expect(await boundOf([deployArn])).toBe(boundaryArn);
  expect(await boundOf(["arn:aws:iam::333333333333:role/another", deployArn])).toBe(boundaryArn);
});

test("where another role deploys, there is no bound that it would have to make first", async () => {
  expect(await boundOf(["arn:aws:iam::333333333333:role/another"])).toBeUndefined();
});
