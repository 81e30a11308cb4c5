// The bubbles of one conversation. Text from outside only ever becomes textContent.

const STATES = {
  sending: "Sending",
  sent: "Sent",
  held: "Held back by a fault",
  failed: "Not sent",
  queued: "On its way",
  delivered: "Delivered",
};

export class Thread {
  #shown = new Map();
  #number = null;
  #following = true;

  constructor({ list, scroll, empty }) {
    Object.assign(this, { list, scroll, empty });
    scroll.addEventListener("scroll", () => { this.#following = this.#isAtEnd(); });
    new ResizeObserver(() => this.#follow()).observe(scroll);
  }

  show(number, texts) {
    const first = number !== this.#number;
    if (first) this.#clear(number);
    for (const text of texts) this.#put(text, !first);
    this.empty.hidden = texts.length > 0;
    this.#follow();
  }

  #follow() {
    if (this.#following) this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  #clear(number) {
    this.#number = number;
    this.#shown.clear();
    this.#following = true;
    this.list.replaceChildren();
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < 120;
  }

  #put(text, fresh) {
    const known = this.#shown.get(text.id);
    if (known?.state === text.state) return;
    if (!known && text.direction === "out") this.#following = true;
    const item = known?.item ?? this.list.appendChild(bubble(text, fresh));
    item.dataset.state = text.state;
    item.querySelector(".meta").textContent = meta(text);
    this.#shown.set(text.id, { state: text.state, item });
  }
}

function bubble(text, fresh) {
  const item = element("li", `text ${text.direction}${fresh ? " new" : ""}`);
  const from = element("span", "hidden", text.direction === "out" ? "You: " : "Assistant: ");
  const body = element("div", "bubble", text.text);
  const small = element("div", "meta");
  body.prepend(from);
  small.title = new Date(text.at).toLocaleString();
  item.append(body, small);
  return item;
}

function meta(text) {
  const time = new Date(text.at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  const facts = [time, STATES[text.state] ?? text.state];
  if (text.direction === "in" || text.parts > 1) facts.push(text.parts === 1 ? "1 part" : `${text.parts} parts`);
  if (text.price !== null) facts.push(`$${text.price.replace(/(\.\d\d\d*?)0+$/, "$1")}`);
  return facts.join(" · ");
}

export function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
