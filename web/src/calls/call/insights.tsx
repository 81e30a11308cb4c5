/** One analysis of a call: what the profile found, and how well it is backed. */
import { useLoaded } from "../../parts/loaded.ts";
import { Awaited } from "../../parts/loading.tsx";
import { dollars } from "../../parts/money.ts";
import { moment } from "../../parts/times.ts";
import { counted, heading } from "../reading.ts";
import { callRoutes } from "../services.ts";
import type { Insights as Found } from "../shapes.ts";
import { Generic } from "./generic.tsx";
import { known } from "./known.tsx";
import { TalkTime } from "./talk.tsx";

export function Insights({ call, analysis }: { call: string; analysis: string }) {
  const loading = useLoaded(() => callRoutes.insights(call, analysis));
  return <Awaited of={loading}>{(found) => <Findings found={found} />}</Awaited>;
}

function Findings({ found }: { found: Found }) {
  return (
    <>
      {Object.entries(found.values).map(([name, value]) => (
        <section key={name} class="insight" aria-labelledby={`found-${name}`}>
          <h3 id={`found-${name}`}>{heading(name)}</h3>
          {known(name, value) ?? <Generic value={value} name={name} />}
        </section>
      ))}
      {found.talk && found.talk.shares.length > 0 && <TalkTime talk={found.talk} />}
      <p class="quiet made">{made(found).join(" · ")}</p>
    </>
  );
}

function made(found: Found): string[] {
  return [
    `${found.profile_name}, version ${found.version}${found.trial ? " (a trial)" : ""}`,
    moment(found.at),
    ...(found.models.length ? [found.models.join(", ")] : []),
    counted(found.requests, "request"),
    dollars(found.cost),
    `${counted(found.quotes_verified, "quote")} found in the transcript`,
    ...(found.quotes_dropped ? [`${found.quotes_dropped} dropped, since nobody said them`] : []),
    ...(found.redacted.length ? [`redacted: ${found.redacted.join(", ")}`] : []),
  ];
}
