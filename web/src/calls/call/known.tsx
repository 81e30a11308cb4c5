/** The findings that the standard profile has, each shown as what it is. */
import type { ComponentChildren } from "preact";
import { speakerName } from "../reading.ts";
import { entries, moods, numberOf, placeOf, textOf, type Fields } from "../values.ts";
import { Jump } from "./jump.tsx";
import { Sentiment } from "./sentiment.tsx";

const BEST_SCORE = 5;

/** Null for what is not of the shape that its name promises. */
export function known(name: string, value: unknown): ComponentChildren {
  switch (name) {
    case "topics":
      return listed(entries(value, "title"), topic, "topics");
    case "action_items":
      return listed(entries(value, "task"), actionItem, "actions");
    case "quotes":
      return listed(entries(value, "quote"), quoted, "quotes");
    case "scorecard":
      return listed(entries(value, "criterion"), scored, "scores");
    case "sentiment": {
      const series = moods(value);
      return series && <Sentiment series={series} />;
    }
    default:
      return null;
  }
}

function listed(
  items: readonly Fields[] | null,
  show: (item: Fields) => ComponentChildren,
  kind: string,
): ComponentChildren {
  return (
    items && (
      <ul class={`found found-${kind}`}>
        {items.map((item, at) => (
          <li key={at}>{show(item)}</li>
        ))}
      </ul>
    )
  );
}

function topic(item: Fields) {
  return (
    <>
      <p>
        <b>{textOf(item, "title")}</b> <At item={item} />
      </p>
      {textOf(item, "summary") && <p class="quiet">{textOf(item, "summary")}</p>}
    </>
  );
}

function actionItem(item: Fields) {
  const [owner, due] = [textOf(item, "owner"), textOf(item, "due")];
  return (
    <>
      <p>
        <b>{textOf(item, "task")}</b>
      </p>
      <p class="quiet">
        {owner ? speakerName(owner) : "Nobody named"}
        {due && <> · by {due}</>}
      </p>
      <Evidence item={item} />
    </>
  );
}

function quoted(item: Fields) {
  return (
    <>
      <Evidence item={item} />
      {textOf(item, "why") && <p class="quiet">{textOf(item, "why")}</p>}
    </>
  );
}

function scored(item: Fields) {
  const score = numberOf(item, "score") ?? 0;
  return (
    <>
      <p class="score">
        <b>{textOf(item, "criterion")}</b>
        <meter
          min={0}
          max={BEST_SCORE}
          value={score}
          aria-label={`${textOf(item, "criterion")}: of ${BEST_SCORE}`}
        />
        <span class="number">
          {score} of {BEST_SCORE}
        </span>
      </p>
      {textOf(item, "why") && <p class="quiet">{textOf(item, "why")}</p>}
      <Evidence item={item} />
    </>
  );
}

/** Words that were said; a quote that nobody said was dropped before it came here. */
function Evidence({ item }: { item: Fields }) {
  const quote = textOf(item, "quote");
  if (!quote) return <At item={item} />;
  return (
    <blockquote class="evidence">
      “{quote}” <cite>{textOf(item, "speaker") && speakerName(textOf(item, "speaker"))}</cite>{" "}
      <At item={item} />
    </blockquote>
  );
}

function At({ item }: { item: Fields }) {
  const at = placeOf(item);
  return at === null ? null : <Jump ms={at} />;
}
