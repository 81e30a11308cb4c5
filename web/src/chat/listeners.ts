/** Who wants the frames that are not the conversation's, by the type of the frame. */
import type { Fields, OtherFrame } from "./frames.ts";

type Hear = (fields: Fields) => void;

export class Listeners {
  readonly #hearing = new Map<string, Set<Hear>>();

  /** Hears every frame of a type from now on, as it came and not yet checked, until the answer is called. */
  listen(type: string, hear: Hear): () => void {
    const hearing = this.#hearing.get(type) ?? new Set();
    this.#hearing.set(type, hearing.add(hear));
    return () => void hearing.delete(hear);
  }

  passOn({ of, fields }: OtherFrame): void {
    for (const hear of this.#hearing.get(of) ?? []) hear(fields);
  }
}
