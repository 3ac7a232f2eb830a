// Stands in for `@tauri-apps/api/window` in the mode "mock".

export function getCurrentWindow() {
  return {
    onCloseRequested: async () => () => {},
    setTitle: async () => {},
    destroy: async () => {},
  };
}
