import { createHash } from "node:crypto";
import type { Directory } from "../../../access/directory.ts";
import type { AppSettingsSource, ObjectVersion } from "../../../kit/app-settings-source.ts";

export const path = "/auth0-b2b-prod";

/** What an `up` wrote, as a back end finds it. Every request is noted, and may be made to fail or to wait. */
export class SettingsAtAws implements AppSettingsSource {
  readonly path = path;
  readonly asked: string[] = [];
  /** What each request does first; one that never settles is AWS that does not answer. */
  before: (request: string) => unknown = () => {};
  readonly #values = new Map<string, string>();
  readonly #versions = new Map<string, string>();

  constructor(directory: Directory) {
    this.set("issuer", directory.issuer);
    this.set("claim-namespace", "https://claims.example/");
    this.set("apps/main/client-id", "main-client");
    this.set("apps/main-personal/client-id", "personal-client");
    this.set("apis/service/identifier", "https://api.example");
    this.write(JSON.stringify(directory));
  }

  /** Writes a parameter, or takes it away. */
  set(below: string, value: string | undefined): void {
    if (value === undefined) this.#values.delete(`${path}/${below}`);
    else this.#values.set(`${path}/${below}`, value);
  }

  /** Writes another version of the directory, and the pointer to it. @returns the pointer */
  write(text: string, more: object = {}): object {
    const versionId = `v${this.#versions.size + 1}`;
    this.#versions.set(versionId, text);
    const sha256 = createHash("sha256").update(text).digest("hex");
    const at = { bucket: "b", key: "directory.json", versionId, sha256, bytes: Buffer.byteLength(text), ...more };
    this.set("directory", JSON.stringify(at));
    return at;
  }

  /** Takes a version away, as its lifetime does. */
  expire(versionId: string): void {
    this.#versions.delete(versionId);
  }

  async parameters(below: string, signal: AbortSignal): Promise<Record<string, string>> {
    await this.#noted(`parameters ${below}`, signal);
    return Object.fromEntries(this.#values);
  }

  async object({ bucket, key, versionId }: ObjectVersion, signal: AbortSignal): Promise<string> {
    const text = this.#versions.get(versionId);
    await this.#noted(`object ${bucket} ${key} ${versionId}`, signal);
    if (text === undefined) throw new Error(`NoSuchVersion ${versionId}`);
    return text;
  }

  async #noted(request: string, signal: AbortSignal): Promise<void> {
    this.asked.push(request);
    await Promise.race([
      this.before(request),
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))),
    ]);
  }
}
