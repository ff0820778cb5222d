import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readProviders } from "../../../local/idp/file.ts";
import { findSecrets } from "../../harness/secret-search.ts";
import { root } from "../../harness/stack-settings.ts";

/** The identity providers that a developer's machine plays know the secrets of stack `local`: each is worth nothing elsewhere. */
const ofProviders = "stacks/local/identity-providers.yaml";

test("the secrets of stack local stand in plain with the providers that are played, and in no other file that is committed", () => {
  const secrets = Object.fromEntries(
    Object.entries(readProviders(join(root, ofProviders))).map(([slug, provider]) => [
      slug,
      provider.flavour === "samlp" ? (provider.key.split("\n")[1] ?? "") : provider.clientSecret,
    ]),
  );
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  const places = files.split("\0").filter((file) => file !== "");
  // golden listings, handed-over sheets, recordings, stack files, docs
  expect(places.length).toBeGreaterThan(900);
  const found = findSecrets(
    secrets,
    Object.fromEntries(places.map((file) => [file, readFileSync(join(root, file), "latin1")])),
  );
  expect(found).toEqual(Object.keys(secrets).map((slug) => `${slug}: ${ofProviders} (plain)`));
});
