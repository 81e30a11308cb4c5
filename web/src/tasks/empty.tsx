/** A board without cards: how one may begin, or that there is none of this kind. */
import { write } from "./adder.tsx";
import { board } from "./services.ts";

const IDEAS = [
  "read 20 pages of Dune every day",
  "30 pushups mon wed fri",
  "finish the tax return by April 12, about six sessions",
  "learn Rust",
];

export function Empty() {
  const { state, counts } = board;
  if (state.value !== "open") return <p class="quiet">No task is {state.value}.</p>;
  const others = counts.value.paused + counts.value.finished + counts.value.archived;
  return others > 0 ? <p class="quiet">Nothing is open. Say what is next.</p> : <Beginning />;
}

function Beginning() {
  return (
    <div class="empty">
      <h2>Say what you are up to</h2>
      <p>In your own words: how much, how often, until when. What you leave open is proposed to you.</p>
      <ul class="ideas">
        {IDEAS.map((idea) => (
          <li key={idea}>
            <button type="button" onClick={() => write(idea)}>
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
