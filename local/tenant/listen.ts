import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";

/** Listens on 127.0.0.1 and, where the machine has it, on ::1: clients try either for "localhost". */
export async function listen(port: number, answer: RequestListener, tries = 5): Promise<Server[]> {
  const four = await listenOn("127.0.0.1", port, answer);
  const bound = four.address();
  try {
    const six = await listenOn("::1", typeof bound === "object" && bound !== null ? bound.port : port, answer);
    return [four, six];
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && (cause.code === "EADDRNOTAVAIL" || cause.code === "EAFNOSUPPORT"))
      return [four];
    await stop(four);
    // a port that was free on 127.0.0.1 may be somebody's on ::1: then another one is taken
    if (port === 0 && tries > 1) return listen(port, answer, tries - 1);
    throw cause;
  }
}

function listenOn(host: string, port: number, answer: RequestListener): Promise<Server> {
  // a request without Host is refused at the gate, which logs it
  const server = createServer({ requireHostHeader: false }, answer);
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code === "EADDRINUSE")
        reject(new Error(`Port ${port} is occupied by another program; set PORT to a free one.`, { cause }));
      else if (cause.code === "EACCES")
        reject(new Error(`Port ${port} may not be used by this account; set PORT to one above 1023.`, { cause }));
      else reject(cause);
    });
    server.listen(port, host, () => resolve(server));
  });
}

/** Lets what is under way end, for three seconds. */
export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), 3000);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
}
