import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Fault, systemCode } from "../engine/fault.ts";
import type { LocalFolder } from "../engine/folder.ts";

/** The local tenant's port when nothing else is said. */
export const DEFAULT_PORT = 8443;

/** Whether a port can be listened on: `free`, `taken` by another program, or `denied` by the system. */
type PortState = "free" | "taken" | "denied";

/** A port, and the line that tells why it is not the usual one. */
export interface PortChoice {
  readonly port: number;
  readonly note?: string;
}

/** What the choice looks at. Handed in, so that it can be tested by itself. */
export interface PortProbes {
  state(port: number): Promise<PortState>;
  /** Any free port. */
  free(): Promise<number>;
}

/** Reads a port from a setting; undefined when it is not given. */
export function parsePort(given: string | undefined): number | undefined {
  if (given === undefined || given === "") return undefined;
  const port = Number(given);
  if (/^\d+$/.test(given) && port >= 1 && port <= 65_535) return port;
  throw new Fault(`PORT must be a whole number from 1 to 65535: "${given}" is not.`);
}

/**
 * Chooses the port for a tenant that is to be started.
 * @param given the port that the person asked for: it is used, or refused
 * @param kept the port of this checkout's last tenant; 8443 at first
 */
export async function choosePort(
  given: number | undefined,
  kept: number | undefined,
  probes: PortProbes,
): Promise<PortChoice> {
  const wanted = given ?? kept ?? DEFAULT_PORT;
  const state = await probes.state(wanted);
  if (state === "free") return { port: wanted };
  if (state === "denied")
    throw new Fault(
      `Port ${wanted} cannot be used without more rights: give one above 1023, as in \`PORT=8444 make up\`.`,
    );
  if (given !== undefined)
    throw new Fault(`Port ${wanted} is taken by another program: end that one, or give another port.`);
  const port = await probes.free();
  return {
    port,
    note: `Port ${wanted} is taken by another program: the local tenant uses ${port}, from now on in this checkout.`,
  };
}

const keptFile = (local: LocalFolder): string => join(local.folder, "port");

/** The port that an earlier `make up` kept for this checkout, or undefined. */
export function keptPort(local: LocalFolder): number | undefined {
  try {
    return parsePort(readFileSync(keptFile(local), "utf8").trim());
  } catch (error) {
    if (systemCode(error) === "ENOENT" || error instanceof Fault) return undefined;
    throw error;
  }
}

/** Keeps the port for the next runs. */
export function keepPort(local: LocalFolder, port: number): void {
  writeFileSync(keptFile(local), `${port}\n`);
}

function listen(port: number, host: string): Promise<number | PortState> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.on("error", (error) => {
      const code = systemCode(error);
      if (code === "EADDRINUSE") settle("taken");
      else if (code === "EACCES") settle("denied");
      else if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT")
        settle("free"); // no IPv6 here: nobody has that port
      else fail(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => settle(got));
    });
  });
}

/** Looks at the loopback addresses of this machine, IPv4 and IPv6: `localhost` may mean either. */
export const loopbackPorts: PortProbes = {
  async state(port) {
    for (const host of ["127.0.0.1", "::1"]) {
      const state = await listen(port, host);
      if (state === "taken" || state === "denied") return state;
    }
    return "free";
  },
  async free() {
    const port = await listen(0, "127.0.0.1");
    if (typeof port !== "number") throw new Error("the system gave no free port");
    return port;
  },
};
