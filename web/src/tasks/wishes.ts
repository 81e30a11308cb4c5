/** What a person wants done once, however often it has to be asked for. */
import { Problem } from "../api/problem.ts";

export class Wishes {
  readonly #newKey: () => string;
  readonly #keys = new Map<string, string>();

  constructor(newKey: () => string) {
    this.#newKey = newKey;
  }

  /** A wish keeps its key until it is answered: asked again after a lost answer, it is still the same one. */
  async grant<Value>(wish: string, act: (key: string) => Promise<Value>): Promise<Value> {
    const key = this.#keys.get(wish) ?? this.#newKey();
    this.#keys.set(wish, key);
    try {
      const value = await act(key);
      this.#keys.delete(wish);
      return value;
    } catch (error) {
      if (error instanceof Problem && error.status < 500) this.#keys.delete(wish);
      throw error;
    }
  }

  forget(): void {
    this.#keys.clear();
  }
}
