/** Metadata as Auth0 hands it to an Action: values are strings, but nothing here relies on it. */
export type Metadata = Readonly<Record<string, unknown>>;

/** What Auth0 holds of one object's metadata, at most. */
export interface MetadataLimits {
  readonly keys: number;
  /** Of one value. */
  readonly characters: number;
}

/** `client_metadata`: https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data */
export const clientLimits: MetadataLimits = { keys: 10, characters: 255 };

/** `metadata` of a connection: https://auth0.com/docs/api/management/v2/connections/post-connections */
export const connectionLimits: MetadataLimits = { keys: 10, characters: 255 };

/** `metadata` of an organization: https://auth0.com/docs/api/management/v2/organizations/post-organizations */
export const organizationLimits: MetadataLimits = { keys: 25, characters: 255 };

/** An object's fields, or undefined for everything that is not one: null, a list, a plain value. */
export function fieldsOf(value: unknown): Metadata | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** Whether metadata could have come from Auth0: what is larger was not written by this program, and is not trusted. */
export function withinLimits(metadata: Metadata, limits: MetadataLimits): boolean {
  const values = Object.values(metadata);
  const long = values.some((value) => typeof value === "string" && value.length > limits.characters);
  return values.length <= limits.keys && !long;
}

/** Whether each value is a text, as Auth0 promises of an organization's and a connection's metadata. */
export function onlyTexts(metadata: Metadata): metadata is Readonly<Record<string, string>> {
  return Object.values(metadata).every((value) => typeof value === "string");
}

/** A list of texts, or undefined for everything that is not one. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}
