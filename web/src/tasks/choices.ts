/** What can be answered with a tap to what the assistant asks; free words are always an answer too. */

export interface Choice {
  name: string;
  text: string;
}

const PROPOSED = /\bSay yes\b/;
const OPTION = /^(?:Do you mean )?(\d{1,8}) (.+?)(?:\? Answer .*)?$/;
const NONE = /\bor 0 (?:for )?(.+?)\.$/;
const SHORT = /^(?:yes|no|y|n|\d{1,8})[.!]?$/i;

export function choicesOf(asked: string): Choice[] {
  if (PROPOSED.test(asked)) {
    return [
      { name: "Yes, add it", text: "yes" },
      { name: "No", text: "no" },
    ];
  }
  return [...options(asked), ...none(asked)];
}

/** Whether it answers, rather than says anew. */
export function isAnswer(text: string, asked: string): boolean {
  return SHORT.test(text.trim()) && choicesOf(asked).length > 0;
}

function options(asked: string): Choice[] {
  if (!/\bAnswer\b/.test(asked)) return [];
  return asked.split("\n").flatMap((line) => {
    const [, number, name] = OPTION.exec(line) ?? [];
    return number && name ? [{ name: `${number} ${name}`, text: number }] : [];
  });
}

function none(asked: string): Choice[] {
  const [, name] = NONE.exec(asked) ?? [];
  return name ? [{ name: name.slice(0, 1).toUpperCase() + name.slice(1), text: "0" }] : [];
}
