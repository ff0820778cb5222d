/** How an environment guards what people depend on. Handed in by the stack; components pass it to their children. */
export interface Guard {
  /** Refuses to delete or replace what carries logins: directories, organizations, connections, APIs. */
  readonly protect: boolean;
  /** Leaves lists that switch logins on (bindings, connections' clients) in place when they leave the program. */
  readonly retain: boolean;
}
