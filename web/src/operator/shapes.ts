/** What the API answers to operators. */

export interface OperatedPerson {
  person: string;
  channels: string[];
  since: string;
  today: string;
  month: string;
}

export interface OperatedDay {
  date: string;
  turns: number;
  spent: string;
}

export type Repair = "resend" | "close" | "rerun" | "redrive";

export interface Stuck {
  id: string;
  kind: string;
  since: string | null;
  state: string | null;
  count: number | null;
  can: Repair[];
}
