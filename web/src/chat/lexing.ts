/** Lexing of Markdown that ends: a text that nests too deep, or takes too much work, is given up. */
import { Lexer, type Token, type TokensList } from "marked";

/**
 * Of one text. `work` is counted in characters: once for each time that blocks are looked for in them, and
 * squared for what is inside of a block, where a search may begin at each and read on to the end.
 */
export const MOST = { characters: 20_000, depth: 20, tokens: 2_000, work: 10_000_000 } as const;

export class TooMuch extends Error {}

export class BoundedLexer extends Lexer {
  work = 0;
  #tokens = 0;
  #depth = 0;

  override lex(source: string): TokensList {
    if (source.length > MOST.characters) throw new TooMuch("too long");
    return super.lex(source);
  }

  override blockTokens(source: string, tokens?: Token[], clipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, clipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], clipped = false): Token[] {
    return this.#within(source.length, () => super.blockTokens(source, tokens, clipped));
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    return this.#within(source.length ** 2, () => super.inlineTokens(source, tokens));
  }

  #within(work: number, lex: () => Token[]): Token[] {
    if (this.work + work > MOST.work) throw new TooMuch("too much work");
    if (this.#depth === MOST.depth) throw new TooMuch("nested too deep");
    this.work += work;
    this.#depth += 1;
    const tokens = lex();
    this.#depth -= 1;
    this.#tokens += tokens.length;
    if (this.#tokens > MOST.tokens) throw new TooMuch("too many tokens");
    return tokens;
  }
}
