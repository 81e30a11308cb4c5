/** A task on the board. */
import { Actions } from "./actions.tsx";
import { ChangeButton } from "./changing.tsx";
import { Facts, hasWhole, Whole } from "./progress.tsx";
import type { Card } from "./shapes.ts";
import { WeekBar } from "./week-bar.tsx";
import type { Calendar } from "./week.ts";

export function cardLink(id: string): string {
  return `task-${id}`;
}

export function TaskCard({ card, calendar }: { card: Card; calendar: Calendar }) {
  const { id, title, plan } = card;
  return (
    <li class={card.is_due ? "card card-due" : "card"}>
      <header class="card-head">
        <h2>
          <a id={cardLink(id)} href={`#tasks/${encodeURIComponent(id)}`}>
            {title}
          </a>
        </h2>
        <ChangeButton card={card} />
      </header>
      <p class="quiet plan">{plan}</p>
      <WeekBar marks={card.week} calendar={calendar} />
      <Facts card={card} />
      {hasWhole(card) && <Whole card={card} />}
      <Actions card={card} />
    </li>
  );
}
