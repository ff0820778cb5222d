import project from "../../package.json" with { type: "json" };

/** The Pulumi CLI this project runs: the version of the npm launcher, of `@pulumi/pulumi` and of the Go module. */
export const CLI_VERSION: string = project.devDependencies.pulumi;

/** The provider plugin that goes with `@pulumi/auth0`; the two are released under one version. */
export const PLUGIN_VERSION: string = project.dependencies["@pulumi/auth0"];
