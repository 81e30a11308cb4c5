import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, Unreachable } from "../src/api/problem.ts";
import type { Parts } from "../src/calls/shapes.ts";
import { contentType, faultOf, LARGE_BYTES, MOST_BYTES } from "../src/calls/upload/file.ts";
import { Transfer } from "../src/calls/upload/transfer.ts";
import { StoreRefused, type Sending } from "../src/calls/upload/wire.ts";

const PART = 16_000_000;

/** As large as it says, without its bytes. */
function fileOf(size: number): Blob {
  return {
    size,
    slice: (from: number, to: number) => fileOf(Math.min(to, size) - from),
  } as unknown as Blob;
}

class Store {
  readonly arrived = new Set<number>();
  readonly puts: number[] = [];
  readonly waits: (() => void)[] = [];
  fields: string[] = [];
  forms = 0;
  finished = 0;
  /** What happens to a body on its way; by default it arrives. */
  sending: (sending: Sending, number: number) => Promise<void> = () => Promise.resolve();
  readonly size: number;
  readonly transfer: Transfer;

  constructor(size: number, file: Blob = fileOf(size)) {
    this.size = size;
    this.transfer = new Transfer("c1", file, {
      routes: {
        form: () => {
          this.forms++;
          return Promise.resolve({
            url: "http://store/0",
            fields: { key: "k" },
            expires_at: "",
            large: false,
          });
        },
        parts: (_, numbers) => Promise.resolve(this.#parts(numbers)),
        finish: () => {
          this.finished++;
          return Promise.resolve();
        },
      },
      send: (sending) => this.#send(sending),
      after: (_, act) => {
        this.waits.push(act);
        return () => undefined;
      },
      chance: () => 0.5,
    });
  }

  get at(): string {
    return this.transfer.progress.value.at;
  }

  async begin(): Promise<void> {
    this.transfer.start();
    await settled();
  }

  #parts(numbers: readonly number[]): Parts {
    const count = Math.ceil(this.size / PART);
    const missing = Array.from({ length: count }, (_, at) => at + 1).filter(
      (each) => !this.arrived.has(each),
    );
    const links = Object.fromEntries(numbers.map((number) => [String(number), `http://store/${number}`]));
    return { part_bytes: PART, count, links, missing };
  }

  async #send(sending: Sending): Promise<void> {
    const number = Number(sending.url.split("/").at(-1));
    this.puts.push(number);
    if (sending.body instanceof FormData) this.fields = [...sending.body.keys()];
    await this.sending(sending, number);
    this.arrived.add(number);
  }
}

/** Never ends by itself; an abort ends it. */
function hanging({ signal }: Sending): Promise<void> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

function small(): Store {
  return new Store(3, new Blob(["abc"]));
}

test("a small recording is posted whole, after the fields that were signed", async () => {
  const store = small();
  await store.begin();
  assert.equal(store.at, "arrived");
  assert.deepEqual(store.fields, ["key", "file"]);
  assert.equal(store.transfer.sent.value, 3);
  assert.equal(store.forms, 1);
});

test("a small recording that was paused begins again with a fresh form", async () => {
  const store = small();
  store.sending = hanging;
  await store.begin();
  store.transfer.pause();
  await settled();
  assert.equal(store.at, "paused");
  store.sending = () => Promise.resolve();
  await store.begin();
  assert.equal(store.at, "arrived");
  assert.equal(store.forms, 2);
});

test("a large recording goes in parts, each once, and is made of them at the end", async () => {
  const store = new Store(LARGE_BYTES + 3 * PART + 1);
  await store.begin();
  assert.equal(store.at, "arrived");
  assert.deepEqual(
    store.puts.toSorted((one, other) => one - other),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.equal(store.finished, 1);
  assert.equal(store.transfer.sent.value, store.size);
});

test("a large recording that was paused goes on with what lacks", async () => {
  const store = new Store(LARGE_BYTES + 2 * PART);
  store.sending = (sending, number) => (number === 3 || number === 4 ? hanging(sending) : Promise.resolve());
  await store.begin();
  store.transfer.pause();
  await settled();
  assert.deepEqual([store.at, [...store.arrived]], ["paused", [1, 2]]);
  store.puts.length = 0;
  store.sending = () => Promise.resolve();
  await store.begin();
  assert.equal(store.at, "arrived");
  assert.deepEqual(store.puts.toSorted(), [3, 4, 5, 6]);
});

test("another page that has the file sends only what lacks", async () => {
  const store = new Store(LARGE_BYTES + PART);
  for (const number of [1, 2, 5]) store.arrived.add(number);
  await store.begin();
  assert.deepEqual(store.puts.toSorted(), [3, 4]);
});

test("progress counts what is on its way, and never more than there is", async () => {
  const store = new Store(LARGE_BYTES + PART);
  const seen: number[] = [];
  store.sending = ({ heard, body }) => {
    heard((body as Blob).size / 2);
    seen.push(store.transfer.sent.value);
    heard((body as Blob).size + 500);
    return Promise.resolve();
  };
  await store.begin();
  assert.equal(seen[0], PART / 2);
  assert.ok(seen.every((sent) => sent <= store.size));
  assert.equal(store.transfer.sent.value, store.size);
});

test("a network that fails is waited for, and the parts that came count", async () => {
  const store = new Store(LARGE_BYTES);
  let fails = true;
  store.sending = (_, number) =>
    fails && number === 2 ? Promise.reject(new Unreachable()) : Promise.resolve();
  await store.begin();
  assert.equal(store.at, "waiting");
  fails = false;
  store.transfer.poke();
  await settled();
  assert.equal(store.at, "arrived");
  assert.equal(store.puts.filter((number) => number === 1).length, 1);
});

test("a link that ran out is asked for again", async () => {
  const store = small();
  let first = true;
  store.sending = () => {
    const refused = first;
    first = false;
    return refused ? Promise.reject(new StoreRefused()) : Promise.resolve();
  };
  await store.begin();
  store.waits.shift()?.();
  await settled();
  assert.equal(store.at, "arrived");
  assert.equal(store.forms, 2);
});

test("what cannot pass is told at once, and what does not pass after some tries", async () => {
  const refused = small();
  refused.sending = () => Promise.reject(new Problem(409, "The recording has arrived already.", null));
  await refused.begin();
  assert.deepEqual(refused.transfer.progress.value, {
    at: "failed",
    why: "The recording has arrived already.",
  });
  const lost = small();
  lost.sending = () => Promise.reject(new Unreachable());
  await lost.begin();
  for (let tries = 0; tries < 6; tries++) {
    assert.equal(lost.at, "waiting");
    lost.waits.shift()?.();
    await settled();
  }
  assert.equal(lost.at, "failed");
});

test("a file is told by its type, or else by its name", () => {
  assert.equal(contentType({ name: "a.bin", type: "audio/wav;codecs=1" }), "audio/wav");
  assert.equal(contentType({ name: "A.MP3", type: "" }), "audio/mpeg");
  assert.equal(contentType({ name: "a.weba", type: "application/octet-stream" }), "audio/webm");
  assert.equal(contentType({ name: "wav", type: "text/plain" }), "audio/wav");
  assert.equal(contentType({ name: "notes.txt", type: "text/plain" }), "");
});

test("what is no recording is refused in words before anything is sent", () => {
  const wav = { name: "a.wav", type: "audio/wav" };
  assert.equal(faultOf({ ...wav, size: 1 }), "");
  assert.match(faultOf({ ...wav, size: 0 }), /empty/);
  assert.match(faultOf({ ...wav, size: MOST_BYTES + 1 }), /larger than 2 GB/);
  assert.match(faultOf({ name: "a.txt", type: "text/plain", size: 1 }), /no audio or video.*wav, mp3/);
});
