const SOUND_KEY = "smart-dairy-scan-sound";

type Verdict = "good" | "bad";

/** Hz and milliseconds: a rising pair for yes, a low buzz for no, told apart over a milking parlour. */
const TONES: Record<Verdict, [number, number][]> = {
  good: [
    [880, 70],
    [1_320, 90],
  ],
  bad: [
    [220, 160],
    [180, 200],
  ],
};
const VIBRATIONS: Record<Verdict, number[]> = { good: [60], bad: [90, 60, 90, 60, 90] };

let audio: AudioContext | undefined;

export function isSoundOn(): boolean {
  try {
    return localStorage.getItem(SOUND_KEY) !== "off";
  } catch {
    return true;
  }
}

export function setSound(on: boolean): void {
  try {
    localStorage.setItem(SOUND_KEY, on ? "on" : "off");
  } catch {
    // Then it is on at the next visit.
  }
}

/** Tells hand and ear how a scan went; eyes may be elsewhere. */
export function signal(verdict: Verdict): void {
  try {
    // Browsers refuse it, loudly, before the first tap.
    if (navigator.userActivation.hasBeenActive) navigator.vibrate?.(VIBRATIONS[verdict]);
  } catch {
    // Older browsers do not know either.
  }
  if (isSoundOn()) play(TONES[verdict]);
}

function play(tones: [number, number][]): void {
  try {
    audio ??= new AudioContext();
    // Browsers keep it still until somebody has touched the page.
    if (audio.state === "suspended") void audio.resume();
    let at = audio.currentTime;
    for (const [hertz, milliseconds] of tones) {
      const oscillator = audio.createOscillator();
      const volume = audio.createGain();
      oscillator.frequency.value = hertz;
      volume.gain.setValueAtTime(0.25, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + milliseconds / 1_000);
      oscillator.connect(volume).connect(audio.destination);
      oscillator.start(at);
      at += milliseconds / 1_000;
      oscillator.stop(at);
    }
  } catch {
    // No sound on this machine: vibration and screen say it.
  }
}
