/** One turn: what was asked, the reply as it comes, and what can be done with it. */
import { channelNames, OURS } from "../channels.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { Icon } from "../parts/icons.tsx";
import { dollars, isNothing } from "../parts/money.ts";
import { clockTime } from "../parts/times.ts";
import { conversation } from "../services.ts";
import { waitsForYes } from "./asking.ts";
import { Prose } from "./prose.tsx";
import { isOpen, isOurs, type Turn } from "./turns.ts";

const ENDS: Partial<Record<Turn["state"], string>> = {
  stopped: "Stopped",
  failed: "Not answered",
  refused: "Not sent",
};

export function TurnView({ turn }: { turn: Turn }) {
  return (
    <article class={`turn turn-${turn.state}`} aria-busy={isOpen(turn)}>
      {turn.asked && <Asked turn={turn} />}
      {turn.state !== "sending" && <Reply turn={turn} />}
    </article>
  );
}

function Asked({ turn }: { turn: Turn }) {
  return (
    <div class="asked">
      <h3 class="unseen">You</h3>
      <p class="bubble">{turn.asked}</p>
      <p class="meta">
        {turn.state === "sending" ? "Sending…" : <time dateTime={turn.at}>{clockTime(turn.at)}</time>}
        <Via turn={turn} />
      </p>
    </div>
  );
}

function Reply({ turn }: { turn: Turn }) {
  return (
    <div class="reply">
      <h3 class="unseen">{turn.origin === "person" ? "Assistant" : "Assistant, by itself"}</h3>
      {turn.text && <Prose text={turn.text} />}
      {isOpen(turn) && <Working turn={turn} />}
      {turn.trouble && <p class="trouble">{turn.trouble}</p>}
      {waitsForYes(turn) && isLast(turn) && <YesOrNo />}
      {!isOpen(turn) && <Foot turn={turn} />}
    </div>
  );
}

/** What is said in between drops what waits. */
function isLast(turn: Turn): boolean {
  return conversation.turns.value.at(-1) === turn;
}

/** The answer is a message of the person's own, and the next one is written where they write. */
function YesOrNo() {
  const answer = (text: string) => {
    conversation.say(text);
    document.getElementById("text")?.focus();
  };
  return (
    <div class="buttons" role="group" aria-label="Do it?">
      <button type="button" class="plain" onClick={() => answer("yes")}>
        Yes, do it
      </button>
      <button type="button" class="plain" onClick={() => answer("no")}>
        No
      </button>
    </div>
  );
}

function Working({ turn }: { turn: Turn }) {
  const tool = turn.tools.at(-1);
  return (
    <p class="working">
      <span class="dots" aria-hidden="true" />
      {turn.stopping ? "Stopping…" : tool ? `Using ${inWords(tool)}…` : turn.text ? "Writing…" : "Thinking…"}
    </p>
  );
}

function Foot({ turn }: { turn: Turn }) {
  const end = ENDS[turn.state];
  return (
    <div class="foot">
      <p class="meta">
        {end && <span class="end">{end}</span>}
        {turn.origin !== "person" && <Unasked turn={turn} />}
        {turn.tools.length > 0 && <span>Used {[...new Set(turn.tools)].map(inWords).join(", ")}</span>}
        {!isNothing(turn.cost) && <span title="What this reply cost">{dollars(turn.cost)}</span>}
      </p>
      <div class="tools">
        {turn.text && <CopyButton text={turn.text} what="Reply" />}
        {end && isOurs(turn) && <AgainButton text={turn.asked} />}
      </div>
    </div>
  );
}

function Unasked({ turn }: { turn: Turn }) {
  return (
    <span>
      {turn.at && <time dateTime={turn.at}>{clockTime(turn.at)}</time>} Notice
      <Via turn={turn} />
    </span>
  );
}

function AgainButton({ text }: { text: string }) {
  return (
    <button type="button" class="tool" onClick={() => conversation.say(text)}>
      <Icon name="again" />
      Ask again
    </button>
  );
}

function Via({ turn }: { turn: Turn }) {
  return turn.channel === OURS.name ? null : <span class="via">{channelNames(turn.channel).via}</span>;
}

function inWords(tool: string): string {
  return tool.replaceAll("_", " ");
}
