/** Starts the page. */
import "./style/page.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { watchAddress } from "./parts/route.ts";
import { watchSystem } from "./parts/scheme.ts";
import { begin as beginServices, client } from "./services.ts";
import { begin as beginSession, watchOtherPages } from "./session.ts";

const place = document.getElementById("page");
if (place) render(<App />, place);
watchAddress();
watchSystem();
watchOtherPages(client);
beginServices();
void beginSession(client);
