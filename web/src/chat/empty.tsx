/** Before anything was said: what this is, and how one may begin. */
import { draft } from "./draft.ts";

const IDEAS = ["What can you do?", "What time is it in Lisbon?", "/usage", "/link"];

export function Empty() {
  return (
    <div class="empty">
      <h2>Say something to Switchboard</h2>
      <p>
        It answers here, by text message and wherever else you link it, and knows in each what you said in the
        others.
      </p>
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

function write(idea: string): void {
  draft.value = idea;
  document.getElementById("text")?.focus();
}
