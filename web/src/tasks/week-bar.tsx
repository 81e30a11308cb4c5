/** A week as seven marks, drawn for the eye and said for whoever listens. */
import { weekInWords, weekOf, type Calendar, type Day, type Mark } from "./week.ts";

const STEP = 30;
const DRAWN: Record<Mark, string> = {
  "#": "M-4.500 .500l3 3L4.500-3.500",
  "+": "M0-9a9 9 0 0 0 0 18z",
  "-": "M-4 0h8",
  x: "M-3.500-3.500l7 7M3.500-3.500l-7 7",
  _: "",
  ".": "",
};
const CLASSES: Record<Mark, string> = {
  "#": "full",
  "+": "some",
  "-": "skipped",
  x: "missed",
  _: "planned",
  ".": "free",
};

export function WeekBar({ marks, calendar }: { marks: string; calendar: Calendar }) {
  const days = weekOf(marks, calendar);
  return (
    <svg class="week" viewBox={`0 0 ${STEP * 7} 44`} role="img" aria-label={weekInWords(days)}>
      {days.map((day, index) => (
        <DayMark key={day.name} day={day} at={STEP * index + STEP / 2} />
      ))}
    </svg>
  );
}

function DayMark({ day: { mark, letter, isToday }, at }: { day: Day; at: number }) {
  return (
    <g class={`mark mark-${CLASSES[mark]} ${isToday ? "mark-today" : ""}`} transform={`translate(${at} 13)`}>
      {isToday && <circle class="mark-ring" r="12.500" />}
      <circle class="mark-back" r={mark === "." ? 2.5 : 9} />
      <path d={DRAWN[mark]} />
      <text y="28">{letter}</text>
    </g>
  );
}
