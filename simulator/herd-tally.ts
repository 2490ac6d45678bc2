/** Counters of a herd; every device of it adds to the same ones. */
export interface HerdTally {
  devices: number;
  /** Connected and subscribed now. */
  connected: number;
  /** Without power now. */
  dark: number;
  heartbeats: number;
  dataMessages: number;
  commandsTaken: number;
  commandsRefused: number;
  commandsRepeated: number;
  invalidDownlinks: number;
  restarts: number;
  updatesRefused: number;
  updatesCompleted: number;
  /** Failed or rolled back. */
  updatesFailed: number;
  /** Never came back from an update. */
  bricked: number;
  connectionsLost: number;
  troubles: number;
  lastTrouble: string | undefined;
}

export function emptyTally(devices: number): HerdTally {
  return {
    devices,
    connected: 0,
    dark: 0,
    heartbeats: 0,
    dataMessages: 0,
    commandsTaken: 0,
    commandsRefused: 0,
    commandsRepeated: 0,
    invalidDownlinks: 0,
    restarts: 0,
    updatesRefused: 0,
    updatesCompleted: 0,
    updatesFailed: 0,
    bricked: 0,
    connectionsLost: 0,
    troubles: 0,
    lastTrouble: undefined,
  };
}

/** The tally as one line for people. */
export function tallyLine(tally: HerdTally): string {
  const parts = [
    `${tally.connected}/${tally.devices} connected`,
    `${tally.heartbeats} heartbeats`,
    `${tally.commandsTaken} commands`,
    `${tally.restarts} restarts`,
    `${tally.connectionsLost} connections lost`,
  ];
  const updates = tally.updatesCompleted + tally.updatesFailed + tally.updatesRefused;
  if (updates > 0) parts.push(`${tally.updatesCompleted} of ${updates} updates completed`);
  if (tally.bricked > 0) parts.push(`${tally.bricked} bricked`);
  if (tally.dark > 0) parts.push(`${tally.dark} without power`);
  if (tally.lastTrouble) parts.push(`${tally.troubles} errors, last: ${tally.lastTrouble}`);
  return parts.join(" · ");
}
