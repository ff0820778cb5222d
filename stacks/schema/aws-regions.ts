import { word } from "./strict.ts";

/**
 * Regions to which both Auth0 and its provider send log streams, but for those of the US government, whose ARNs begin otherwise:
 * https://auth0.com/docs/api/management/v2/log-streams/post-log-streams
 */
export const region = word([
  "ap-east-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "me-south-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
]);
