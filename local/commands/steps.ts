import { duration } from "../engine/progress.ts";

/** The steps of one command and how long each took. */
export class Steps {
  readonly #taken: { readonly name: string; readonly milliseconds: number }[] = [];

  /** Does a step and notes its time. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const done = await work();
    this.#taken.push({ name, milliseconds: performance.now() - start });
    return done;
  }

  /** `engine 0.1 s, tenant 0.6 s, pulumi up 8.2 s: 8.9 s in all` */
  summary(): string {
    const each = this.#taken.map(({ name, milliseconds }) => `${name} ${duration(milliseconds)}`).join(", ");
    return `${each}: ${duration(this.#taken.reduce((sum, { milliseconds }) => sum + milliseconds, 0))} in all`;
  }
}
