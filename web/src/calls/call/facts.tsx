/** What is known of a call, and the way it went: each status, when it came to it and how long it stood there. */
import type { ComponentChildren } from "preact";
import { dollars } from "../../parts/money.ts";
import { clockTime, moment } from "../../parts/times.ts";
import { bytes, clock, counted, span } from "../reading.ts";
import type { Call, Moment } from "../shapes.ts";
import { inWords } from "../status.ts";

export function Facts({ call }: { call: Call }) {
  const details = Object.entries(call.metadata).filter(([name]) => name !== "title");
  return (
    <dl class="facts">
      <Fact name="Recorded as">{`${call.file_name}, ${bytes(call.size)}`}</Fact>
      <Fact name="Added">{moment(call.created_at)}</Fact>
      {call.duration_s !== null && <Fact name="Length">{clock(call.duration_s)}</Fact>}
      {call.speakers !== null && <Fact name="Heard">{heard(call)}</Fact>}
      <Fact name="Cost">{dollars(call.cost)}</Fact>
      {call.profile && <Fact name="Profile">{call.profile.profile}</Fact>}
      {details.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="number">{children}</dd>
    </div>
  );
}

function heard({ speakers, words }: Call): string {
  return [counted(speakers ?? 0, "speaker"), ...(words === null ? [] : [counted(words, "word")])].join(", ");
}

export function History({ call: { history } }: { call: Call }) {
  return (
    <section class="insight history" aria-labelledby="history">
      <h3 id="history">How it went</h3>
      <ol class="steps">
        {history.map((step, at) => (
          <Step key={`${step.status} ${step.at}`} step={step} next={history[at + 1]} />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, next }: { step: Moment; next: Moment | undefined }) {
  return (
    <li class={step.reason ? "step step-bad" : "step"}>
      <b>{inWords(step.status)}</b>{" "}
      <span class="quiet number">
        <time dateTime={step.at}>{clockTime(step.at)}</time>
        {next && <>, for {span(Date.parse(next.at) - Date.parse(step.at))}</>}
      </span>
      {step.reason && <p class="trouble">{step.reason.text}</p>}
    </li>
  );
}
