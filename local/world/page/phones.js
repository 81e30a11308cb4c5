// The phones a person can hold: those the world knows, and those added here, all from the reserved range.

import { element } from "./thread.js";

const FIRST = 101;
const LAST = 199;
const KEY = "switchboard.phones";
const fictional = (n) => `+12065550${n}`;

export function pretty(number) {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

export class Phones {
  #known = [];
  #seen = new Map();
  #drawn = "";

  constructor({ list, onPick }) {
    this.list = list;
    this.onPick = onPick;
    const kept = load();
    this.added = kept.added;
    this.current = kept.current;
  }

  update(known, assistant) {
    if (!this.#seen.size) for (const phone of known) this.#seen.set(phone.number, phone.texts);
    this.#known = known;
    this.assistant = assistant;
    this.#draw();
  }

  pick(number) {
    this.current = number;
    this.#keep();
    this.#draw();
    this.onPick();
  }

  add() {
    const taken = new Set([...this.#numbers(), this.assistant]);
    for (let n = FIRST; n <= LAST; n += 1) {
      if (taken.has(fictional(n))) continue;
      this.added.push(fictional(n));
      this.pick(fictional(n));
      return;
    }
  }

  #numbers() {
    return [...new Set([...this.added, ...this.#known.map((phone) => phone.number)])].sort();
  }

  #keep() {
    localStorage.setItem(KEY, JSON.stringify({ added: this.added, current: this.current }));
  }

  #draw() {
    const rows = this.#numbers().map((number) => this.#row(number));
    const drawn = JSON.stringify([this.current, rows]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = this.list.contains(document.activeElement);
    this.list.replaceChildren(...rows.map((row) => this.#item(row)));
    const current = this.list.querySelector("[aria-current=true]");
    current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) current?.focus();
  }

  #row(number) {
    const phone = this.#known.find((known) => known.number === number);
    const texts = phone?.texts ?? 0;
    if (number === this.current) this.#seen.set(number, texts);
    return { number, unread: texts - (this.#seen.get(number) ?? 0), latest: phone?.latest.text ?? "No texts yet" };
  }

  #item({ number, unread, latest }) {
    const button = element("button", "phone");
    button.type = "button";
    button.setAttribute("aria-current", String(number === this.current));
    button.addEventListener("click", () => this.pick(number));
    button.append(element("b", "", pretty(number)));
    if (unread > 0) button.append(element("span", "unread", String(unread)), element("span", "hidden", " new"));
    button.append(element("span", "latest", latest.slice(0, 80)));
    const item = element("li", "");
    item.append(button);
    return item;
  }
}

function load() {
  try {
    const { added, current } = JSON.parse(localStorage.getItem(KEY));
    if (Array.isArray(added) && added.includes(current)) return { added, current };
  } catch {
    // Nothing kept, or nothing readable: begin anew.
  }
  return { added: [fictional(FIRST)], current: fictional(FIRST) };
}
