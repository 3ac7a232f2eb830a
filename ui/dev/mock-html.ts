// Markdown to HTML, as much of it as the mock's notebook has.

const escaped = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const inline = (text: string) =>
  escaped(text)
    .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
    .replace(/`(.+?)`/g, "<code>$1</code>");

export function html(text: string): string {
  return text
    .split(/^(```\w+\n[\s\S]*?\n```)$/m)
    .map((part) => {
      const [, language, code = ""] = /^```(\w+)\n([\s\S]*)\n```$/.exec(part) ?? [];
      return language === undefined
        ? paragraphs(part.trim())
        : `<pre><code class="language-${language}">${escaped(code)}\n</code></pre>`;
    })
    .join("\n");
}

function paragraphs(text: string): string {
  if (text === "") return "";
  return text
    .split(/\n\n+/)
    .map((part) =>
      part.startsWith("- ")
        ? `<ul>${part
            .split("\n")
            .map((item) => `<li>${inline(item.slice(2))}</li>`)
            .join("")}</ul>`
        : `<p>${inline(part)}</p>`,
    )
    .join("\n");
}
