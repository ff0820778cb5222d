/** What an environment has to carry. */
export interface Load {
  readonly loginsPerDay: number;
  /** Processes of back ends that read settings and credentials. */
  readonly backEnds: number;
}

/** The two that the page speaks of. */
export const loads = [
  { loginsPerDay: 1_000, backEnds: 4 },
  { loginsPerDay: 100_000, backEnds: 40 },
] as const satisfies readonly Load[];

/** A month has as many days. */
export const days = 365 / 12;
const minutesPerDay = 24 * 60;

/** Thought, not measured; each as large as it may well be. What comes of it is at most what AWS asks. */
export const assumed = {
  /** A login, the exchange of its code, a silent login and a refresh. */
  eventsPerLogin: 4,
  /** As EventBridge hands it on. An entry that has no more than Auth0's schema asks for comes to a third of it. */
  bytesPerEvent: 3_000,
  /** AWS keeps logs compressed: nothing is taken off for it. */
  keptOfWritten: 1,
  /** Of new passwords, invitations and addresses to confirm. */
  mailsPerLogin: 0.05,
  alarmsPerDay: 10,
  /** Of one secret, by one back end: when it starts, and when Auth0 refuses what it has. */
  secretReadsPerDay: 24,
  /** Times that an `up` writes a new directory. */
  directoriesPerDay: 5,
  /** How often CloudWatch Logs asks for a key is not documented. */
  keyRequestsOfLogsPerDay: minutesPerDay,
  /** What it takes when everything can be kept. */
  undeliveredPerDay: 0,
} as const;

/** In one month. */
export function monthly({ loginsPerDay, backEnds }: Load) {
  const logins = loginsPerDay * days;
  return {
    logins,
    events: logins * assumed.eventsPerLogin,
    mails: logins * assumed.mailsPerLogin,
    alarms: assumed.alarmsPerDay * days,
    secretReads: backEnds * assumed.secretReadsPerDay * days,
    directories: assumed.directoriesPerDay * days,
    directoryReads: backEnds * assumed.directoriesPerDay * days,
    keyRequestsOfLogs: assumed.keyRequestsOfLogsPerDay * days,
    undelivered: assumed.undeliveredPerDay * days,
  };
}

export type Month = ReturnType<typeof monthly>;
