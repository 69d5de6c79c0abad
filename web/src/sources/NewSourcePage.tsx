import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { problemOf, type Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import type { Source } from "@/gen/infinure/integration/v1/source_pb";
import { resultOf } from "@/uploads/stream";
import { useWork } from "@/uploads/useWork";
import { WorkProgress } from "@/uploads/WorkProgress";
import { Button, ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { EMPTY, fieldErrors, requestOf, schema, type Values } from "./form";
import { ConnectionFields } from "./ConnectionFields";
import { ModelField } from "./ModelField";
import { Page } from "./Page";

export default function NewSourcePage() {
  useTitle("Connect a database");
  const { clients } = useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayConnect = usePermission(Permission.MANAGE_SOURCES);
  const show = useToasts((toasts) => toasts.show);
  const [failure, setFailure] = useState<string>();
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: EMPTY });
  const { isSubmitting } = form.formState;
  // Leaving the page ends the attempt, and nothing is kept.
  const connecting = useWork();

  const complain = (problem: Problem) => {
    const errors = fieldErrors(problem);
    if (errors.length === 0) setFailure(problemText(problem));
    errors.forEach(([field, message], index) => form.setError(field, { message }, { shouldFocus: index === 0 }));
  };
  const submit = form.handleSubmit(async (values) => {
    setFailure(undefined);
    const source = await connecting.run(async (onProgress, signal) => {
      try {
        return await resultOf<{ case: "source"; value: Source }>(clients.sources.connectSource({ source: requestOf(values) }, { signal }), onProgress);
      } catch (thrown) {
        if (!signal.aborted) complain(problemOf(thrown));
        throw thrown;
      }
    });
    if (source === undefined) return;
    await queries.invalidateQueries({ queryKey: ["sources"] });
    show(`${values.name} is connected.`);
    await navigate(`/sources/${source.id}`);
  });

  if (!mayConnect) {
    return (
      <Page title="Connect a database" back>
        <Notice tone="neutral">Your role doesn’t connect data sources. Ask the person who manages your organization.</Notice>
      </Page>
    );
  }
  return (
    <Page title="Connect a database" subtitle="Infinure only reads. A database user that may only read is best." back>
      <form onSubmit={submit} noValidate className="grid gap-8" autoComplete="off">
        <ConnectionFields form={form} />
        <ModelField form={form} />
        {isSubmitting && <WorkProgress label="Connecting and reading the tables" progress={connecting.progress} />}
        {failure !== undefined && <Notice alert>{failure}</Notice>}
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" busy={isSubmitting}>
            {isSubmitting ? "Connecting" : "Connect"}
          </Button>
          {isSubmitting ? (
            <Button look="quiet" onClick={connecting.stop}>
              Stop
            </Button>
          ) : (
            <ButtonLink look="quiet" to="/sources">
              Cancel
            </ButtonLink>
          )}
        </div>
      </form>
    </Page>
  );
}
