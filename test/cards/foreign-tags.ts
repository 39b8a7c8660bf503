import MarkdownIt from 'markdown-it';

/** A reader that is keener than any Teams client: HTML on, bare addresses become links. */
const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true });
const drawn = new Map<string, string>();
const mostRemembered = 50_000;

/** Many cards hold the same line: each is read once. */
export function htmlOf(words: string): string {
  const known = drawn.get(words);
  if (known !== undefined) return known;
  const html = markdown.render(words);
  if (drawn.size < mostRemembered) drawn.set(words, html);
  return html;
}

/** The tags that our own Markdown makes: paragraphs, bold, lists. Anything else came from a name. */
export function foreignTags(words: string): string[] {
  const tags = htmlOf(words).match(/<[^>]*>/g) ?? [];
  return tags.filter((tag) => !/^<\/?(p|strong|br|ol|ol start="\d"|li)>$/.test(tag));
}
