/** The routes of the operator's side as functions. */
import { query, type Page } from "../api/routes.ts";
import type { Listed } from "../api/shapes.ts";
import { client } from "../services.ts";
import type { OperatedDay, OperatedPerson, Repair, Stuck } from "./shapes.ts";

export const routes = {
  people: async (page: Page) =>
    (await client.ask(`/operator/people${query(page)}`)) as Listed<OperatedPerson>,
  days: async (days: number) => (await client.ask(`/operator/days?days=${days}`)) as { days: OperatedDay[] },
  stuck: async () => (await client.ask("/operator/stuck")) as { items: Stuck[] },
  repair: async (wanted: { id: string; action: Repair }) =>
    (await client.ask("/operator/repairs", { method: "POST", body: wanted })) as {
      id: string;
      outcome: string;
    },
};
