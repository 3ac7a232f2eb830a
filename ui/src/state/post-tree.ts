// Posts as a tree of folders, flattened to the lines a list shows.

import type { PostRow } from "../ipc/client";

export interface FolderNode {
  kind: "folder";
  /** Relative path, without a slash at the end; also the key. */
  path: string;
  name: string;
  /** Number of entries inside. */
  entries: number;
  folders: FolderNode[];
  posts: PostRow[];
}

export type TreeLine =
  | { kind: "folder"; key: string; level: number; folder: FolderNode; open: boolean }
  | { kind: "post"; key: string; level: number; post: PostRow };

export function postTree(posts: readonly PostRow[]): FolderNode {
  const root: FolderNode = {
    kind: "folder",
    path: "",
    name: "",
    entries: 0,
    folders: [],
    posts: [],
  };
  const byPath = new Map<string, FolderNode>([["", root]]);

  function folder(path: string): FolderNode {
    const found = byPath.get(path);
    if (found) return found;
    const cut = path.lastIndexOf("/");
    const parent = folder(cut < 0 ? "" : path.slice(0, cut));
    const made: FolderNode = {
      kind: "folder",
      path,
      name: path.slice(cut + 1),
      entries: 0,
      folders: [],
      posts: [],
    };
    parent.folders.push(made);
    byPath.set(path, made);
    return made;
  }

  for (const post of posts) {
    const cut = post.path.lastIndexOf("/");
    let path = cut < 0 ? "" : post.path.slice(0, cut);
    folder(path).posts.push(post);
    for (;;) {
      folder(path).entries += post.entries;
      if (path === "") break;
      path = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    }
  }
  return root;
}

/** The lines in view order; folders in `closed` hide what is inside. Levels count from 1. */
export function treeLines(root: FolderNode, closed: ReadonlySet<string>): TreeLine[] {
  const lines: TreeLine[] = [];
  function walk(node: FolderNode, level: number): void {
    for (const folder of node.folders) {
      const open = !closed.has(folder.path);
      lines.push({ kind: "folder", key: `${folder.path}/`, level, folder, open });
      if (open) walk(folder, level + 1);
    }
    for (const post of node.posts) lines.push({ kind: "post", key: post.path, level, post });
  }
  walk(root, 1);
  return lines;
}
