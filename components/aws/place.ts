/** Where things of AWS lie, how their names begin, and what they are marked with. */
export interface Place {
  /** 12 digits. */
  readonly account: string;
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** Begins every name, such as `auth0-b2b-prod`: two environments may share an account. */
  readonly prefix: string;
  /** On everything that takes tags. */
  readonly tags: Readonly<Record<string, string>>;
}
