import assert from "node:assert/strict";
import { test } from "node:test";
import { Playing } from "../src/calls/call/playing.ts";

class Audio extends EventTarget {
  currentTime = 0;
  duration = Number.NaN;
  playbackRate = 1;
  paused = true;
  refuses = false;

  play(): Promise<void> {
    if (this.refuses) return Promise.reject(new DOMException("no", "NotAllowedError"));
    this.paused = false;
    queueMicrotask(() => this.dispatchEvent(new Event("play")));
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
    queueMicrotask(() => this.dispatchEvent(new Event("pause")));
  }

  loads(duration: number): void {
    this.duration = duration;
    this.dispatchEvent(new Event("loadedmetadata"));
  }
}

function setUp() {
  const audio = new Audio();
  const playing = new Playing(40);
  const detach = playing.attach(audio as unknown as HTMLAudioElement);
  return { audio, playing, detach };
}

test("a jump goes there and plays, and never beyond either end", async () => {
  const { audio, playing } = setUp();
  playing.jump(12.5);
  await Promise.resolve();
  assert.deepEqual([audio.currentTime, playing.at.value, playing.on.value], [12.5, 12.5, true]);
  playing.skip(-60);
  assert.equal(audio.currentTime, 0);
  playing.skip(600);
  assert.equal(audio.currentTime, 40);
  playing.toggle();
  await Promise.resolve();
  assert.equal(playing.on.value, false);
});

test("a pause right after a jump pauses, before anybody was told that it plays", async () => {
  const { audio, playing } = setUp();
  playing.jump(5);
  playing.toggle();
  await Promise.resolve();
  assert.deepEqual([audio.paused, playing.on.value], [true, false]);
});

test("the recording says how long it is, and at which place it plays", () => {
  const { audio, playing } = setUp();
  audio.loads(46.3);
  audio.currentTime = 3;
  audio.dispatchEvent(new Event("timeupdate"));
  assert.deepEqual([playing.length.value, playing.at.value], [46.3, 3]);
});

test("a recording that is loaded anew goes on where it was, as fast as it was", () => {
  const { audio, playing } = setUp();
  audio.loads(40);
  playing.seek(20);
  playing.setRate(1.5);
  Object.assign(audio, { currentTime: 0, playbackRate: 1 });
  audio.loads(40);
  assert.deepEqual([audio.currentTime, audio.playbackRate], [20, 1.5]);
});

test("a browser that refuses to play is believed", async () => {
  const { audio, playing } = setUp();
  audio.refuses = true;
  playing.jump(5);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual([playing.on.value, playing.at.value], [false, 5]);
});

test("without a recording the place still moves, and one that left is not touched", () => {
  const { audio, playing, detach } = setUp();
  detach();
  playing.jump(7);
  assert.deepEqual([audio.currentTime, playing.at.value, playing.on.value], [0, 7, false]);
});
