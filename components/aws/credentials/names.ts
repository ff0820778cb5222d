// What a stack's checks need of names and sizes; loads nothing of AWS.

/** Bytes that a secret may have: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const secretLimitBytes = 65_536;

/** Characters that the name of a secret may have: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const secretNameLimit = 512;

/** What the same page lets a name consist of. */
export const secretNamePattern = /^[A-Za-z0-9/_+=.@-]+$/;

/** Days in which a deleted secret can be had back: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const recoveryDaysRange = { least: 7, most: 30 } as const;

/** The name of the secret with the credentials of one client. @param path such as `operators/first-roles` */
export function secretName(prefix: string, path: string): string {
  return `${prefix}/${path}`;
}
