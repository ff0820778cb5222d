import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../stacks/config.ts";
import { declareBootstrap } from "./declare.ts";
import { readSettings } from "./settings.ts";

/**
 * `previewRole`, `deployRole`: ARNs, for the variable AWS_ROLE of the environment on GitHub and the settings `aws.previewers` and `aws.deployers`.
 * `mailSenderBoundary`: the most that a user of the environment may do. `backendUrl`, `secretsProvider`: where the state lies, and what
 * encrypts the secrets in it.
 */
export const { previewRole, deployRole, mailSenderBoundary, backendUrl, secretsProvider } = declareBootstrap(
  readSettings(readConfig(pulumi.getProject()), pulumi.getStack()),
);
