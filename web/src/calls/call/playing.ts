/** The recording as it plays: whoever shows a time can jump there, whoever follows it is told. */
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";

export const RATES = [0.75, 1, 1.25, 1.5, 2] as const;
export const STEP_S = 10;

export class Playing {
  readonly #at: Signal<number> = signal(0);
  readonly #on: Signal<boolean> = signal(false);
  readonly length: Signal<number>;
  readonly rate: Signal<number> = signal(1);
  #audio: HTMLAudioElement | null = null;

  constructor(length: number) {
    this.length = signal(length);
  }

  /** In seconds. */
  get at(): ReadonlySignal<number> {
    return this.#at;
  }

  get on(): ReadonlySignal<boolean> {
    return this.#on;
  }

  /** Follows an element until the returned function is called. */
  attach(audio: HTMLAudioElement): () => void {
    const heard: Record<string, () => void> = {
      timeupdate: () => (this.#at.value = audio.currentTime),
      seeking: () => (this.#at.value = audio.currentTime),
      play: () => (this.#on.value = true),
      pause: () => (this.#on.value = false),
      loadedmetadata: () => this.#loaded(audio),
    };
    this.#audio = audio;
    for (const [name, act] of Object.entries(heard)) audio.addEventListener(name, act);
    return () => {
      for (const [name, act] of Object.entries(heard)) audio.removeEventListener(name, act);
      this.#audio = null;
      this.#on.value = false;
    };
  }

  /** By the element itself: that it plays is told a little later. */
  toggle(): void {
    if (this.#audio?.paused === false) this.#audio.pause();
    else void this.#play();
  }

  seek(seconds: number): void {
    this.#at.value = Math.min(Math.max(0, seconds), this.length.value || seconds);
    if (this.#audio) this.#audio.currentTime = this.#at.value;
  }

  /** Plays from there; without a recording the transcript still follows. */
  jump(seconds: number): void {
    this.seek(seconds);
    void this.#play();
  }

  skip(seconds: number): void {
    this.seek(this.#at.value + seconds);
  }

  setRate(rate: number): void {
    this.rate.value = rate;
    if (this.#audio) this.#audio.playbackRate = rate;
  }

  /** A link that ran out was renewed: it goes on where it was. */
  #loaded(audio: HTMLAudioElement): void {
    if (Number.isFinite(audio.duration)) this.length.value = audio.duration;
    audio.playbackRate = this.rate.value;
    if (this.#at.value > 0.1 && audio.currentTime < 0.1) audio.currentTime = this.#at.value;
  }

  async #play(): Promise<void> {
    try {
      await this.#audio?.play();
    } catch {
      this.#on.value = false;
    }
  }
}

export const PlayingContext = createContext(new Playing(0));

export function usePlaying(): Playing {
  return useContext(PlayingContext);
}
