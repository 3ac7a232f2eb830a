// Stands in for `@tauri-apps/api/event` in the mode "mock".

type Handle = (event: { payload: unknown }) => void;

const handles = new Map<string, Set<Handle>>();

export function emit(event: string, payload: unknown): void {
  for (const handle of handles.get(event) ?? []) handle({ payload });
}

export async function listen<T>(
  event: string,
  handle: (event: { payload: T }) => void,
): Promise<() => void> {
  const all = handles.get(event) ?? new Set();
  handles.set(event, all);
  all.add(handle as Handle);
  return () => all.delete(handle as Handle);
}

/** Not used by the window; the generated client names them. */
export async function once(): Promise<() => void> {
  return () => {};
}

export async function emitTo(): Promise<void> {}
