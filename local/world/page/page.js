// The phone: choose who you are, text the assistant, watch what comes back.

import * as api from "./api.js";
import { Phones, pretty } from "./phones.js";
import { Thread } from "./thread.js";

const POLL_MS = 600;
const find = (id) => document.getElementById(id);

const thread = new Thread({ list: find("thread"), scroll: find("scroll"), empty: find("empty") });
const phones = new Phones({ list: find("phones"), onPick: change });
const field = find("text");
const drafts = new Map();
let writing = phones.current;
let sending = false;

function change() {
  drafts.set(writing, field.value);
  writing = phones.current;
  field.value = drafts.get(writing) ?? "";
  setError("");
  showField();
  refresh();
}

async function refresh() {
  const number = phones.current;
  find("from").textContent = pretty(number);
  try {
    const [wiring, known, texts] = await Promise.all([api.wiring(), api.phones(), api.texts(number)]);
    showLine(wiring);
    phones.update(known, wiring.number);
    if (number === phones.current) thread.show(number, texts);
  } catch (failure) {
    showLost(failure);
  }
}

function showLine({ wired, number }) {
  for (const place of document.querySelectorAll(".assistant-number")) place.textContent = pretty(number);
  setLine(wired ? "ready" : "waiting", wired ? "Ready" : "Not deployed");
  setBanner(wired ? "" : 'The assistant is not deployed yet, so texts cannot reach it. Run "make up" to deploy and connect it.');
}

function showLost(failure) {
  setLine("lost", "No connection");
  setBanner(`${failure.message} Trying again.`);
}

function setLine(state, words) {
  const line = find("line");
  line.dataset.state = state;
  if (line.textContent !== words) line.textContent = words;
}

function setBanner(words) {
  const banner = find("banner");
  banner.hidden = words === "";
  if (banner.textContent !== words) banner.textContent = words;
}

function setError(words) {
  const error = find("error");
  error.hidden = words === "";
  error.textContent = words;
}

async function send(text) {
  if (sending || !text.trim()) return false;
  if ([...text].length > api.LONGEST) {
    setError(`A text can have ${api.LONGEST} characters. This one has ${[...text].length}: shorten it, or send it in pieces.`);
    return false;
  }
  return deliver(text);
}

async function deliver(text) {
  sending = true;
  showField();
  try {
    await api.send(phones.current, text);
    setError("");
    return true;
  } catch (failure) {
    setError(failure.message);
    return false;
  } finally {
    sending = false;
    showField();
    refresh();
  }
}

function showField() {
  const length = [...field.value].length;
  const over = length > api.LONGEST;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  find("send").disabled = sending || field.value.trim() === "";
  find("room").textContent = length > api.LONGEST - 400 ? `${length} of ${api.LONGEST}` : "";
  find("room").classList.toggle("over", over);
  field.setAttribute("aria-invalid", String(over));
}

field.addEventListener("input", () => {
  setError("");
  showField();
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  find("composer").requestSubmit();
});

find("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = field.value;
  const number = writing;
  if (await send(text)) forget(number, text);
  field.focus();
});

function forget(number, text) {
  if (drafts.get(number) === text) drafts.delete(number);
  if (writing === number && field.value === text) field.value = "";
  showField();
}

for (const idea of document.querySelectorAll("[data-text]")) {
  idea.addEventListener("click", () => send(idea.dataset.text));
}

find("add").addEventListener("click", () => {
  phones.add();
  field.focus();
});

async function poll() {
  if (!document.hidden) await refresh();
  setTimeout(poll, POLL_MS);
}

find("about").open = matchMedia("(min-width: 46.01rem) and (min-height: 40rem)").matches;
showField();
field.focus();
poll();
