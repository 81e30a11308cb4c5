/** What a view says of itself, so that the page around it need not know it by name. */
import type { ComponentType } from "preact";

export interface View {
  /** Its place in the address, as in #name. */
  readonly name: string;
  readonly title: string;
  /** A drawing's path in a square of 24. */
  readonly icon: string;
  readonly Content: ComponentType;
  /** Its heading is only spoken, and it scrolls by itself in all the room there is. */
  readonly fills?: true;
  readonly operators?: true;
}
