/** A condition that comes back within this time of its end is flapping. */
export const FLAP_WINDOW_SECONDS = 1_800;

/** From so many returns in a row on, an alert ends only after a calm of {@link CALM_SECONDS}. */
export const FLAPS_DAMPED = 2;

/** How long a flapping condition must be gone before its alert ends. */
export const CALM_SECONDS = 900;

/**
 * From this threshold on, a group speaks for its offline devices. At 1, the specification's default, every device
 * speaks for itself: an alert "1 device of the group is offline" would only hide which.
 */
export const MIN_GROUP_THRESHOLD = 2;

/** Nothing received for so long raises the system's own alert. */
export const RECEPTION_LOST_SECONDS = 90;
