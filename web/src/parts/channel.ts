/** The words of the page for a way in which a person and the assistant write to each other. */

export interface ChannelNames {
  /** As the API names it. */
  readonly name: string;
  readonly title: string;
  /** How a message came, in a sentence. */
  readonly via: string;
}
