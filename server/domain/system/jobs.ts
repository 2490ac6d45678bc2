/** The scheduled jobs: what the clock calls, what may be called, and what the system page lists. */
export const JOB_NAMES = ["health", "rollouts", "imports", "notifications", "webhooks", "housekeeping"] as const;
export type JobName = (typeof JOB_NAMES)[number];

interface JobFacts {
  label: string;
  /** Seconds between two runs by the clock. Health every 60 s is the specification's. */
  everySeconds: number;
  about: string;
  /** Whether an admin may start it out of turn; else why not. */
  outOfTurn: true | string;
}

export const JOB_FACTS: Record<JobName, JobFacts> = {
  health: {
    label: "Health check",
    everySeconds: 60,
    about: "Judges every active device, raises alerts and ends them.",
    outOfTurn: true,
  },
  rollouts: {
    label: "Rollouts",
    everySeconds: 5,
    about: "Tells devices of their update, judges stages.",
    outOfTurn: "Whoever stopped the clock may have done so to keep updates from devices.",
  },
  imports: {
    label: "Imports",
    everySeconds: 5,
    about: "Goes on with imports that were interrupted.",
    outOfTurn: true,
  },
  notifications: {
    label: "Notifications",
    everySeconds: 30,
    about: "Tells people what their rules ask for.",
    outOfTurn: true,
  },
  webhooks: {
    label: "Webhooks",
    everySeconds: 2,
    about: "Sends other systems what they wait for.",
    outOfTurn: true,
  },
  housekeeping: {
    label: "Housekeeping",
    everySeconds: 300,
    about: "Deletes what is kept no longer, counts the fleet, notices what a new day makes due.",
    outOfTurn: true,
  },
};
