import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { compose } from "./app/composition";
import { AppContext } from "./app/context";
import { openRouter } from "./app/router";
import { Toasts } from "./ui/Toasts";
import "./ui/tokens.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const app = compose(window.location.origin);
void app.session.resume();
const router = openRouter();

createRoot(root).render(
  <StrictMode>
    <AppContext value={app}>
      <QueryClientProvider client={app.queries}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </AppContext>
  </StrictMode>,
);
