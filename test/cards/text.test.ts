import MarkdownIt from 'markdown-it';

import { joined, name, NAME_LIMIT, plain, sentence, text } from '../../src/cards/text';

const markdown = new MarkdownIt({ html: true, linkify: true });
const shown = (value: string) =>
  markdown
    .renderInline(value)
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"');

describe('text', () => {
  it('lets our own Markdown through and escapes what is put in', () => {
    const words = text`**${'*Bob*'}** asks for ${10000} changes`;
    expect(words.markdown).toBe('**\\*Bob\\*** asks for 10,000 changes');
    expect(words.plain).toBe('*Bob* asks for 10,000 changes');
  });

  it('does not escape a text twice when it is put into another', () => {
    expect(text`for ${text`**${'a_b'}**`}`.markdown).toBe('for **a\\_b**');
  });

  it('shows a foreign name exactly as it is written', () => {
    const value = 'R&D [x](https://a.example) *_`~|<b> 1. - + # a@b &amp;';
    expect(shown(name(value).markdown)).toBe(value);
  });

  it('leaves an id as it is, so that it can be copied', () => {
    const id = '99999999-0000-4000-8000-000000000001';
    expect(name(id).markdown).toBe(id);
    expect(name(`x ${id}`).markdown).toContain('\\-');
  });

  it('makes no link of an address, even where the client looks for addresses', () => {
    for (const value of [
      'https://evil.example',
      'www.evil.example',
      'mailto:a@evil.example',
      'a@evil.example',
      'evil.com',
    ]) {
      expect(markdown.renderInline(name(value).markdown)).not.toContain('<a');
    }
  });

  it('cuts a name to 64 characters without breaking a character in two', () => {
    const cut = name('😀'.repeat(100)).plain;
    expect(Array.from(cut)).toHaveLength(NAME_LIMIT);
    expect(cut.endsWith('…')).toBe(true);
    expect(encodeURIComponent(cut)).toContain('%F0%9F%98%80');
  });

  it('gives a sentence of another room more room, and cuts it too', () => {
    expect(sentence('word '.repeat(30)).plain).toHaveLength(149);
    expect(Array.from(sentence('x'.repeat(1000)).plain)).toHaveLength(400);
  });

  it('removes what deceives: controls, line breaks, bidi, zero-width, empty-looking fillers, piled marks', () => {
    expect(name('a\u0000b\r\nc\u202Ed\u200Be\u2066f\u00ADg\u3164h\u2028i').plain).toBe('ab cdefgh i');
    expect(name(`a${'\u0323\u0302\u0303\u0304\u0305\u0306'}`).plain.normalize('NFD')).toHaveLength(5);
  });

  it('pulls template marks apart, in Markdown and in plain words', () => {
    for (const form of [name('${$root}').markdown, name('${$root}').plain, plain('${1+1}').markdown]) {
      expect(form).not.toContain('${');
    }
  });

  it('leaves empty pieces out of a joined line', () => {
    expect(joined(['a', '', 'b'], ' · ').markdown).toBe('a · b');
  });
});
