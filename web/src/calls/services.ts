/** What the calls' views work with, made once. */
import { client } from "../services.ts";
import { callRoutesOf } from "./api.ts";

export const callRoutes = callRoutesOf(client, () => crypto.randomUUID());
