/** A fault that a person can mend: its message is one sentence that says how. Shown without a stack. */
export class Fault extends Error {
  override readonly name = "Fault";
}

/** The operating system's code of an error (`ENOSPC`, `EACCES`, …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What to print for an error: one sentence for a fault and for a full or locked disk, else the stack. */
export function describe(error: unknown): string {
  if (error instanceof Fault) return error.message;
  const where = error instanceof Error && "path" in error ? ` (${String(error.path)})` : "";
  switch (systemCode(error)) {
    case "ENOSPC":
      return `The disk is full${where}: free some space and run the command again.`;
    case "EACCES":
    case "EROFS":
      return `This folder cannot be written to${where}: give yourself the right to, and run the command again.`;
    default:
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Runs a command's body: exit status 0, or 1 after a printed error. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
  }
}
