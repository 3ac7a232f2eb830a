//! Tells file systems that report no changes by others.

use std::path::Path;

/// Names the file system of a folder, or of one mounted below it, if others can write to it without
/// this system hearing of it.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn silent_file_system(root: &Path) -> Option<String> {
    let mounts = std::fs::read("/proc/self/mountinfo").ok()?;
    find(&String::from_utf8_lossy(&mounts), root)
}

#[cfg(windows)]
pub(crate) fn silent_file_system(root: &Path) -> Option<String> {
    use std::path::{Component, Prefix};
    match root.components().next()? {
        // The canonical form of `\\server\share`, of which `\\wsl.localhost` is one.
        Component::Prefix(prefix) => match prefix.kind() {
            Prefix::UNC(server, _) | Prefix::VerbatimUNC(server, _) => {
                Some(format!(r"\\{}", server.to_string_lossy()))
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", windows)))]
pub(crate) fn silent_file_system(_root: &Path) -> Option<String> {
    None
}

/// Network file systems and folders of a host that is another system, by their names in the kernel.
#[cfg(any(target_os = "linux", target_os = "android", test))]
const SILENT: [&str; 25] = [
    "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "fhgfs", "gfs2",
    "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "panfs", "prl_fs", "smb3",
    "smbfs", "vboxsf", "virtiofs", "vmhgfs",
];

/// FUSE file systems whose files lie on this machine, so that all writes pass the kernel.
/// (`fuseblk`, which a disk is mounted by, is another name.)
#[cfg(any(target_os = "linux", target_os = "android", test))]
const LOCAL_FUSE: [&str; 7] = [
    "fuse.bindfs",
    "fuse.cryfs",
    "fuse.encfs",
    "fuse.exfat",
    "fuse.fuse-overlayfs",
    "fuse.gocryptfs",
    "fuse.ntfs-3g",
];

#[cfg(any(target_os = "linux", target_os = "android", test))]
fn is_silent(kind: &str) -> bool {
    SILENT.contains(&kind)
        || kind == "fuse"
        || kind.starts_with("fuse.") && !LOCAL_FUSE.contains(&kind)
}

/// Looks a folder up in the kernel's list of mounts (`proc(5)`, `mountinfo`).
#[cfg(any(target_os = "linux", target_os = "android", test))]
fn find(mounts: &str, root: &Path) -> Option<String> {
    let mut around: Option<(usize, &str)> = None;
    let mut below = None;
    for line in mounts.lines() {
        let Some((place, kind)) = mount(line) else { continue };
        let place = Path::new(&place);
        if root.starts_with(place) {
            // A later mount at the same place hides the earlier one.
            let depth = place.components().count();
            if around.is_none_or(|(deepest, _)| depth >= deepest) {
                around = Some((depth, kind));
            }
        } else if place.starts_with(root) && is_silent(kind) {
            below = Some(kind);
        }
    }
    let around = around.map(|(_, kind)| kind).filter(|kind| is_silent(kind));
    around.or(below).map(str::to_owned)
}

/// Where a line says that a file system is mounted, and its kind.
#[cfg(any(target_os = "linux", target_os = "android", test))]
fn mount(line: &str) -> Option<(String, &str)> {
    let (before, after) = line.split_once(" - ")?;
    let place = before.split(' ').nth(4)?;
    let kind = after.split(' ').next()?;
    Some((unescaped(place), kind))
}

/// Blanks and the like stand as `\040`.
#[cfg(any(target_os = "linux", target_os = "android", test))]
fn unescaped(place: &str) -> String {
    let mut bytes = Vec::with_capacity(place.len());
    let mut rest = place.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let digits = others.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 8).ok());
        if let (b'\\', Some(code)) = (first, code) {
            bytes.push(code);
            rest = others.get(3..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = r"22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
30 27 0:40 / /mnt/nas rw,relatime shared:7 master:1 - nfs4 nas:/export rw,vers=4.2
31 27 0:41 / /mnt/c rw,noatime - 9p drvfs rw,dirsync,aname=drvfs;path=C:\
32 27 0:42 / /media/나의\040노트 rw - cifs //nas/notes rw
33 27 0:43 / /home/a/cloud rw - fuse.rclone drive: rw
34 27 0:44 / /home/a/disk rw - fuseblk /dev/sdb1 rw
35 27 0:45 / /home/a/secret rw - fuse.gocryptfs /home/a/.secret rw
36 27 0:46 / /home/a/twice rw - nfs nas:/b rw
37 36 254:1 / /home/a/twice rw - ext4 /dev/vdb rw
38 27 0:47 / /home/b/blog/_posts rw - fuse.sshfs me@host:/posts rw
broken line
";

    #[test]
    fn network_file_systems_are_told() {
        let check = |root: &str, expect: Option<&str>| {
            assert_eq!(find(MOUNTS, Path::new(root)).as_deref(), expect, "{root}");
        };
        check("/home/a/notes", None);
        check("/mnt/nas/notes", Some("nfs4"));
        check("/mnt/nas", Some("nfs4"));
        check("/mnt/nas2", None);
        check("/mnt/c/Users/가/notes", Some("9p"));
        check("/media/나의 노트/면접", Some("cifs"));
        check("/home/a/cloud/x", Some("fuse.rclone"));
        check("/home/a/disk/x", None);
        check("/home/a/secret/x", None);
        check("/home/a/twice/x", None);
        check("/home/b/blog", Some("fuse.sshfs"));
        check("/home/b/other", None);
    }

    #[test]
    fn any_list_of_mounts_is_survived() {
        for mounts in ["", " - ", "1 2 3 4 /\\04 - nfs", "1 2 3 4 /\\999 - ", "\\ - \\"] {
            assert_eq!(find(mounts, Path::new("/home")), None, "{mounts}");
        }
    }
}
