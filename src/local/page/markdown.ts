/** `http:` and `https:` only; anything else stays text. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address.trim());
}

let processor: ReturnType<typeof markdownit> | null = null;

function made(): ReturnType<typeof markdownit> {
  const markdown = markdownit({ html: false, linkify: false, breaks: true });
  markdown.validateLink = isWebAddress;
  markdown.disable([
    'image',
    'table',
    'heading',
    'lheading',
    'blockquote',
    'code',
    'fence',
    'html_block',
    'hr',
  ]);
  const plain = markdown.renderer.rules.link_open;
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    tokens[index]?.attrSet('rel', 'noopener noreferrer');
    tokens[index]?.attrSet('target', '_blank');
    return plain ? plain(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
  return markdown;
}

/** The Markdown that Teams draws: bold, italic, lists, links; no HTML, images, headings or code. */
export function markdownToHtml(text: string): string {
  processor ??= made();
  return processor.render(text);
}
