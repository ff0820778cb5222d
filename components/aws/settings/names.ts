// What a stack's checks need of names and sizes; loads nothing of AWS.

/**
 * Bytes that the directory may have: some 16,000 companies with two domains each. A back end stands still while it parses that (a few tenths
 * of a second), and the engine keeps the text in the stack's state, which it writes anew after each step. S3 itself would take 5 GB.
 */
export const directoryLimitBytes = 4 * 1024 * 1024;

/** Bytes that a standard parameter may have: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export const parameterLimitBytes = 4096;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const parameterNames = {
  /** Characters, all of the name counted. */
  limit: 1011,
  /** Parts between slashes. */
  levels: 15,
  /** Of the whole name. */
  pattern: /^(\/[A-Za-z0-9_.-]+)+$/,
  /** How no name may begin, in whatever case. */
  reserved: /^\/?(aws|ssm)/i,
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; dots are left out, with which no certificate fits. */
export const bucketNames = {
  least: 3,
  limit: 63,
  pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]*[a-z0-9]$(?<!-s3alias|--ol-s3|--x-s3|--table-s3)/,
} as const;

/** The name of a parameter. @param path below the prefix, such as `apps/main/client-id` */
export function parameterName(prefix: string, path: string): string {
  return `/${prefix}/${path}`;
}

/** Where the directory lies: the account makes it one of its kind in all of AWS. */
export function directoryBucketName(prefix: string, account: string): string {
  return `${prefix}-directory-${account}`;
}

/** Beside the parameters that are handed in. */
export const pointerPath = "directory";

export const directoryKey = "directory.json";
