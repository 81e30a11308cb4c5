/** How the call was shared: who spoke how long, how fast, and cut in how often. */
import { counted, span, speakerName } from "../reading.ts";
import type { Share, Talk } from "../shapes.ts";

export function TalkTime({ talk }: { talk: Talk }) {
  return (
    <section class="insight" aria-labelledby="talk">
      <h3 id="talk">Talk time</h3>
      <ul class="shares">{talk.shares.map(share)}</ul>
      <p class="quiet">
        {span(talk.silence_ms)} of silence
        {talk.overlap_ms > 0 && <>, {span(talk.overlap_ms)} spoken over each other</>}, in all{" "}
        {span(talk.duration_ms)}.
      </p>
    </section>
  );
}

function share(each: Share, at: number) {
  const name = speakerName(each.speaker);
  return (
    <li key={each.speaker} class={`share share-${at % 4}`}>
      <p>
        <b>{name}</b> <span class="number">{each.percent} %</span>
      </p>
      <progress max={100} value={each.percent} aria-label={`${name}’s share of the talk`} />
      <p class="quiet number">
        {[
          span(each.talk_ms),
          `${each.words_per_minute} words a minute`,
          ...(each.interruptions ? [`cut in ${counted(each.interruptions, "time")}`] : []),
        ].join(" · ")}
      </p>
    </li>
  );
}
