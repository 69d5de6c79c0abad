import * as z from "zod/mini";

// The page's policy forbids code made from text; without this zod tries that once and the browser reports a violation.
z.config({ jitless: true });
