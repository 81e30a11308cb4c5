/** Markdown as safe nodes. A model's words are never trusted: markup is shown, images are links. */
import DOMPurify, { type Config } from "dompurify";
import { Marked, type Token, type Tokens } from "marked";
import { BoundedLexer } from "./lexing.ts";

const SAFE: Config = {
  ALLOWED_TAGS: [
    ...["p", "br", "strong", "em", "del", "a", "code", "pre", "blockquote", "hr"],
    ...["h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"],
  ],
  ALLOWED_ATTR: ["href", "start", "align"],
  ADD_URI_SAFE_ATTR: ["start", "align"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    checkbox: ({ checked }: Tokens.Checkbox) => (checked ? "☑ " : "☐ "),
    image: ({ href, text }: Tokens.Image) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
    heading({ tokens, depth }: Tokens.Heading) {
      const level = Math.min(depth + 1, 6);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
    },
  },
});

DOMPurify.addHook("afterSanitizeAttributes", (node) => {
  if (node.nodeName !== "A") return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer");
});

/**
 * The HTML of each top-level block, not yet safe: those before the last stay the same while words come in.
 * Null for a text that no parser can be asked to read, or does not survive: it is shown as it is.
 */
export function blocks(source: string): string[] | null {
  try {
    return new BoundedLexer(marked.defaults)
      .lex(source)
      .filter((token: Token) => token.type !== "space" && token.type !== "def")
      .map((token: Token) => marked.parser([token]));
  } catch {
    return null;
  }
}

export function safe(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, { ...SAFE, RETURN_DOM_FRAGMENT: true });
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
