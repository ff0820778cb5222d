import * as aws from "@pulumi/aws";
import { CiRoles } from "../components/aws/bootstrap/ci-roles.ts";
import { bootstrapNames } from "../components/aws/bootstrap/names.ts";
import { StateStore } from "../components/aws/bootstrap/state-store.ts";
import { scopeOf } from "./scope.ts";
import type { BootstrapSettings } from "./settings.ts";

/** Declares the roles of one environment's workflows, and where its state lies, which needs the roles. */
export function declareBootstrap(settings: BootstrapSettings) {
  const { account, region, environment, repository, branch, identityProvider, state } = settings;
  // By these two the roles know what is theirs to change: what stands here is not.
  const tags = { program: "auth0-b2b-bootstrap", environment };
  const scope = scopeOf(settings);
  // Credentials of another account are refused before anything is made.
  const opts = { providers: [new aws.Provider("aws", { region, allowedAccountIds: [account] })] };
  const roles = new CiRoles("ci", { scope, tags, environment, repository, branch, identityProvider }, opts);
  const { previewArn, deployArn } = bootstrapNames(scope.place);
  const store = new StateStore(
    "state",
    { place: { ...scope.place, tags }, readers: [previewArn], writers: [deployArn], ...state },
    { ...opts, dependsOn: roles, protect: true },
  );
  return {
    previewRole: roles.previewArn,
    deployRole: roles.deployArn,
    mailSenderBoundary: roles.boundaryArn,
    backendUrl: store.backendUrl,
    secretsProvider: store.secretsProvider,
  };
}
