import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../harness/stack-settings.ts";

/** The first block of TypeScript on a page of docs/, for a file that lies beside the checkout's own. */
function codeOf(page: string): string {
  const [, code] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(root, "docs", page), "utf8")) ?? [];
  if (code === undefined) throw new Error(`no code on docs/${page}`);
  return code;
}

/** A file with a page's code inside the checkout, so that it finds the packages; its imports of `./kit` are the checkout's. */
export class PageCode {
  readonly #folder: string;
  readonly #file: string;

  constructor(page: string) {
    mkdirSync(join(root, ".local"), { recursive: true });
    this.#folder = mkdtempSync(join(root, ".local", "page-"));
    this.#file = join(this.#folder, "page.ts");
    writeFileSync(this.#file, codeOf(page).replace('"./kit/', '"../../kit/'));
  }

  /** What the type checker says of it, by the rules of the checkout. */
  check(): Promise<{ status: number | null; said: string }> {
    const config = {
      extends: "../../tsconfig.json",
      include: [],
      files: ["page.ts"],
    };
    writeFileSync(join(this.#folder, "tsconfig.json"), JSON.stringify(config));
    return this.#run([join(root, "node_modules/typescript/bin/tsc"), "-p", this.#folder], {});
  }

  /**
   * What a program prints that has `page` for what the code exports, as JSON.
   * @param expression of what is printed; may await
   */
  async print(expression: string, env: Readonly<Record<string, string>>): Promise<unknown> {
    const program = `import * as page from ${JSON.stringify(this.#file)}; console.log(JSON.stringify(${expression}));`;
    const { status, said } = await this.#run(["--input-type=module", "-e", program], env);
    if (status !== 0) throw new Error(said);
    return JSON.parse(said);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  async #run(args: string[], env: Readonly<Record<string, string>>) {
    const { PATH = "" } = process.env;
    const child = spawn(process.execPath, ["--no-warnings", ...args], { cwd: root, env: { PATH, ...env } });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { status, said: out + err };
  }
}
