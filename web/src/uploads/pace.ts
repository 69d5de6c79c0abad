/** How far a transfer has come, and how fast it went of late. */
export interface Pace {
  sentBytes: number;
  totalBytes: number;
  /** The last few seconds, oldest first: speed is told over these, so that it neither jumps nor lags. */
  samples: { atMs: number; sentBytes: number }[];
}

const WINDOW_MS = 5_000;
const SHORTEST_MS = 500;

export function paceOf(totalBytes: number, atMs: number): Pace {
  return { sentBytes: 0, totalBytes, samples: [{ atMs, sentBytes: 0 }] };
}

export function moved(pace: Pace, sentBytes: number, atMs: number): Pace {
  // The browser counts the request's body; it may be asked a second time, from the start.
  const kept = sentBytes < pace.sentBytes ? [] : pace.samples.filter((sample, index) => atMs - sample.atMs <= WINDOW_MS || index === pace.samples.length - 1);
  return { ...pace, sentBytes: Math.min(sentBytes, pace.totalBytes), samples: [...kept, { atMs, sentBytes }] };
}

/** Bytes a second; undefined before there is enough to tell. */
export function speedOf({ samples }: Pace): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < SHORTEST_MS) return undefined;
  return ((last.sentBytes - first.sentBytes) * 1000) / (last.atMs - first.atMs);
}

/** Seconds until all is sent at this speed; undefined if that can't be told. */
export function secondsLeft(pace: Pace): number | undefined {
  const speed = speedOf(pace);
  return speed === undefined || speed <= 0 ? undefined : (pace.totalBytes - pace.sentBytes) / speed;
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

export function bytesText(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  const digits = step === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString("en-US", { maximumFractionDigits: digits })} ${bytes === 1 ? "byte" : (UNITS[step] ?? "")}`;
}

export function secondsText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** For example "12.3 MB of 100 MB · 5.1 MB/s · 18 s left". */
export function paceText(pace: Pace): string {
  const speed = speedOf(pace);
  const left = secondsLeft(pace);
  const parts = [`${bytesText(pace.sentBytes)} of ${bytesText(pace.totalBytes)}`];
  if (speed !== undefined && speed > 0) parts.push(`${bytesText(speed)}/s`);
  if (left !== undefined && pace.sentBytes < pace.totalBytes) parts.push(`${secondsText(left)} left`);
  return parts.join(" · ");
}
