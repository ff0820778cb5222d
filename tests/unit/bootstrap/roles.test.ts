import { expect, test } from "vitest";
import { allowed } from "../../harness/aws/iam.ts";
import { declared, policyOf } from "./prod.ts";

const github = "token.actions.githubusercontent.com";
const provider = `arn:aws:iam::111122223333:oidc-provider/${github}`;
const all = await declared();

/** The claims of a job of deploy.yml, for prod: https://docs.github.com/en/actions/reference/security/oidc */
const job = {
  aud: "sts.amazonaws.com",
  sub: "repo:example-travel@1234567/auth0-b2b@76543210:environment:prod",
  repository_id: "76543210",
  ref: "refs/heads/main",
};
/** The same of a job of preview.yml. */
const pull = { ...job, sub: job.sub.replace(/prod$/, "prod-preview"), ref: "refs/pull/7/merge" };

async function assumes(role: "deploy" | "preview", claims: Partial<typeof job>): Promise<boolean> {
  const { decision } = await allowed(
    { resource: policyOf(all, "Role", `ci-${role}`, "assumeRolePolicy") },
    {
      principal: provider,
      action: "sts:AssumeRoleWithWebIdentity",
      resource: `arn:aws:iam::111122223333:role/auth0-b2b-prod-${role}`,
      context: Object.fromEntries(Object.entries(claims).map(([name, value]) => [`${github}:${name}`, value])),
    },
  );
  return decision === "allowed";
}

test("a job of the repository takes the role of its environment, with either form of its subject", async () => {
  expect(await assumes("deploy", job)).toBe(true);
  expect(await assumes("deploy", { ...job, sub: "repo:example-travel/auth0-b2b:environment:prod" })).toBe(true);
  expect(await assumes("preview", pull)).toBe(true);
  expect(await assumes("preview", { ...pull, sub: "repo:example-travel/auth0-b2b:environment:prod-preview" })).toBe(
    true,
  );
});

test("no other job takes it", async () => {
  const others: Record<string, Partial<typeof job>> = {
    "another branch": { ...job, ref: "refs/heads/mine" },
    "a branch that begins the same": { ...job, ref: "refs/heads/main2" },
    "a tag": { ...job, ref: "refs/tags/main" },
    "a pull request": pull,
    "a pull request with the environment of the deployment": { ...job, ref: "refs/pull/7/merge" },
    "another environment": { ...job, sub: job.sub.replace(/prod$/, "staging") },
    "no environment": { ...job, sub: "repo:example-travel@1234567/auth0-b2b@76543210:ref:refs/heads/main" },
    "a fork": { ...job, sub: "repo:mallory@9/auth0-b2b@10:environment:prod", repository_id: "10" },
    "another repository of the owner": {
      ...job,
      sub: "repo:example-travel@1234567/other@5:environment:prod",
      repository_id: "5",
    },
    "another repository that has the name by now": {
      ...job,
      sub: "repo:example-travel/auth0-b2b:environment:prod",
      repository_id: "11",
    },
    "a token for somebody else": { ...job, aud: "https://github.com/example-travel" },
    "a token without a ref": { aud: job.aud, sub: job.sub, repository_id: job.repository_id },
  };
  for (const [who, claims] of Object.entries(others))
    expect([who, await assumes("deploy", claims)]).toEqual([who, false]);
});

test("the preview's role is for pull requests alone, of this repository and environment", async () => {
  const others: Record<string, Partial<typeof job>> = {
    "a push to main": { ...pull, ref: "refs/heads/main" },
    "the head of a pull request": { ...pull, ref: "refs/pull/7/head" },
    "the preview of another environment": { ...pull, sub: job.sub.replace(/prod$/, "dev-preview") },
    "the deployment": job,
    "a pull request of another repository": {
      ...pull,
      sub: "repo:mallory@9/auth0-b2b@10:environment:prod-preview",
      repository_id: "10",
    },
    "a pull request without an environment": {
      ...pull,
      sub: "repo:example-travel@1234567/auth0-b2b@76543210:pull_request",
    },
  };
  for (const [who, claims] of Object.entries(others))
    expect([who, await assumes("preview", claims)]).toEqual([who, false]);
});

test("another identity provider with the same claims takes neither", async () => {
  for (const role of ["deploy", "preview"] as const) {
    const { decision } = await allowed(
      { resource: policyOf(all, "Role", `ci-${role}`, "assumeRolePolicy") },
      {
        principal: "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
        action: "sts:AssumeRoleWithWebIdentity",
        resource: `arn:aws:iam::111122223333:role/auth0-b2b-prod-${role}`,
      },
    );
    expect(decision).toBe("implicit deny");
  }
});
