//! Which links of posts may leave the window.

use tauri::Url;

/// What a mail address may bring along. Some mail programs attach files that a link names.
const MAIL_FIELDS: [&str; 5] = ["bcc", "body", "cc", "subject", "to"];

/// The address to open for a link; none if it is neither a web nor a mail address.
///
/// It is read as a browser reads it and handed on as that was understood, so that nobody down the line
/// can take it for something else.
pub(crate) fn address(link: &str) -> Option<Url> {
    let mut url = Url::parse(link).ok()?;
    match url.scheme() {
        "http" | "https" => url.has_host().then_some(url),
        "mailto" => {
            let fields = url.query().map(|query| {
                let is_known = |field: &&str| {
                    let name = field.split('=').next().unwrap_or_default().to_ascii_lowercase();
                    MAIL_FIELDS.contains(&name.as_str())
                };
                query.split('&').filter(is_known).collect::<Vec<_>>().join("&")
            });
            url.set_query(fields.as_deref().filter(|fields| !fields.is_empty()));
            Some(url)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_leave() {
        let check = |link: &str, expect: Option<&str>| {
            assert_eq!(address(link).as_ref().map(Url::as_str), expect, "{link}");
        };
        check("https://a.b/c?d=e#f", Some("https://a.b/c?d=e#f"));
        check("HTTP://A.b", Some("http://a.b/"));
        check(" https://a.b\n/c", Some("https://a.b/c"));
        check("https://a.b/가 나", Some("https://a.b/%EA%B0%80%20%EB%82%98"));
        check("https://a.b/\" & calc", Some("https://a.b/%22%20&%20calc"));
        check("mailto:a@b.c?subject=x%20y&body=z", Some("mailto:a@b.c?subject=x%20y&body=z"));
        check("mailto:a@b.c?attach=/etc/passwd&subject=x", Some("mailto:a@b.c?subject=x"));
        check("mailto:a@b.c?ATTACHMENT=x&%61ttach=x", Some("mailto:a@b.c"));
        for link in [
            "",
            "https://",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "ms-msdt:x",
            "search-ms:x",
            "smb://a/b",
            "ftp://a/b",
            "tauri://localhost",
            "//a.b",
            "-a",
            "C:\\a.exe",
            "\\\\a\\b",
            "a.md",
        ] {
            check(link, None);
        }
    }
}
