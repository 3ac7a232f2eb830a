// How long a start takes, step by step: `DAPANJI_LOG=dapanji_window=info` shows it.

const marks: [string, number][] = [];

/** Notes that a step is done now. */
export function mark(step: string): void {
  marks.push([step, Math.round(performance.now())]);
}

/** Steps and when they were done, in milliseconds since the page began. */
export function marksSoFar(): [string, number][] {
  return marks;
}

/** Resolves when what is shown now is on the screen: the second frame begins when the first one is. */
export function drawn(): Promise<void> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
  );
}
