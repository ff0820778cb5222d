/**
 * For every organization connection: the provider would update a changed connection in place, which Auth0 answers
 * with 404. It is replaced instead, the old one first, because an organization has a connection once.
 */
export const replaceWithConnection = { replaceOnChanges: ["connectionId"], deleteBeforeReplace: true };
