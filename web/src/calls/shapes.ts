/** What the API answers about calls and profiles. Money is a decimal string, times are RFC 3339 or milliseconds. */

export interface Reason {
  code: string;
  text: string;
}

export interface Chosen {
  profile: string;
  version: number;
}

export interface CallLine {
  id: string;
  file_name: string;
  content_type: string;
  size: number;
  created_at: string;
  status: string;
  reason: Reason | null;
  metadata: Record<string, string>;
  profile: Chosen | null;
  duration_s: number | null;
  speakers: number | null;
  words: number | null;
  headline: string;
  cost: string;
}

export interface Moment {
  status: string;
  at: string;
  reason: Reason | null;
}

export interface Link {
  url: string;
  expires_at: string;
}

export interface Share {
  speaker: string;
  talk_ms: number;
  percent: number;
  words: number;
  words_per_minute: number;
  interruptions: number;
}

export interface Talk {
  duration_ms: number;
  silence_ms: number;
  overlap_ms: number;
  shares: Share[];
}

export interface Analysis {
  id: string;
  profile: string;
  profile_name: string;
  version: number;
  at: string;
  cost: string;
  headline: string;
  trial: boolean;
}

export interface Call extends CallLine {
  history: Moment[];
  audio: Link | null;
  transcript: Link | null;
  talk: Talk | null;
  analyses: Analysis[];
}

export interface Utterance {
  n: number;
  speaker: string;
  start_ms: number;
  end_ms: number;
  text: string;
}

export interface Utterances {
  items: Utterance[];
  next: string | null;
  speakers: string[];
}

export interface Hit {
  n: number;
  start_ms: number;
  text: string;
}

/** Of any profile: `values` are as its own schema says. */
export interface Insights {
  id: string;
  profile: string;
  profile_name: string;
  version: number;
  at: string;
  values: Record<string, unknown>;
  talk: Talk | null;
  models: string[];
  cost: string;
  requests: number;
  quotes_verified: number;
  quotes_dropped: number;
  redacted: string[];
  trial: boolean;
}

export interface Shelved {
  profile: string;
  name: string;
  published: number | null;
  versions: number;
  preferred: boolean;
  standard: boolean;
}

/** A version of a profile; what is more in it belongs to it and is kept as it is. */
export interface Profile extends Record<string, unknown> {
  id: string;
  version: number;
  name: string;
}

export interface Checked {
  ok: boolean;
  problems: string[];
}

export interface Wanted {
  file_name: string;
  content_type: string;
  size: number;
  metadata: Record<string, string>;
  profile?: { profile: string; version?: number };
  consent: boolean;
  tell?: string;
}

export interface UploadForm {
  url: string;
  fields: Record<string, string>;
  expires_at: string;
  large: boolean;
}

export interface Parts {
  part_bytes: number;
  count: number;
  links: Record<string, string>;
  missing: number[];
}
