const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** A whole page around `content` (HTML), light or dark as the reader's system says. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body><main>${content}</main></body>
</html>`;
}

const style = `
:root { color-scheme: light dark; --back: #f3f2f1; --card: #fff; --text: #242424; --soft: #595959;
  --line: #d1d1d1; --accent: #0f6cbd; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --back: #1b1a19; --card: #292827; --text: #f5f5f5; --soft: #c3c1bf; --line: #545250;
    --accent: #62abf5; --on-accent: #101010; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--back); color: var(--text); font: 1rem/1.5 "Segoe UI", system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: .5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 1rem; }
.tenant, .note, small { color: var(--soft); }
.tenant { margin: 0; }
.note { font-size: .875rem; }
.permissions { padding-left: 1.25rem; }
code { font: .9em Consolas, ui-monospace, monospace; overflow-wrap: anywhere; }
fieldset { border: 1px solid var(--line); border-radius: .375rem; padding: .5rem 1rem; }
.person { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; padding: .25rem 0; cursor: pointer; }
.person small { display: block; overflow-wrap: anywhere; }
input[type=radio] { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); flex: none; }
.actions { display: flex; gap: .75rem; justify-content: flex-end; flex-wrap: wrap; }
button { font: inherit; min-height: 2.75rem; padding: .25rem 1.5rem; border-radius: .25rem;
  border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }`;
