import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, usePermission } from "@/app/context";
import { useTitle } from "@/app/title";
import { Permission } from "@/gen/infinure/error/v1/access_pb";
import { Button, ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";
import { EMPTY, fieldErrors, requestOf, schema, type Values } from "./form";
import { ConnectionFields } from "./ConnectionFields";
import { ModelField } from "./ModelField";
import { Page } from "./Page";

export default function NewSourcePage() {
  useTitle("Connect PostgreSQL");
  const { clients } = useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayConnect = usePermission(Permission.MANAGE_SOURCES);
  const show = useToasts((toasts) => toasts.show);
  const [failure, setFailure] = useState<string>();
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: EMPTY });
  const { isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      const { source } = await clients.sources.createSource(requestOf(values));
      await queries.invalidateQueries({ queryKey: ["sources"] });
      show(`${values.name} is connected.`);
      await navigate(source ? `/sources/${source.id}` : "/sources");
    } catch (thrown) {
      const problem = problemOf(thrown);
      const errors = fieldErrors(problem);
      if (errors.length === 0) setFailure(problemText(problem));
      errors.forEach(([field, message], index) => form.setError(field, { message }, { shouldFocus: index === 0 }));
    }
  });

  if (!mayConnect) {
    return (
      <Page title="Connect PostgreSQL" back>
        <Notice tone="neutral">Your role doesn’t connect data sources. Ask the person who manages your organization.</Notice>
      </Page>
    );
  }
  return (
    <Page title="Connect PostgreSQL" subtitle="Infinure only reads. A database user that may only read is best." back>
      <form onSubmit={submit} noValidate className="grid gap-8" autoComplete="off">
        <ConnectionFields form={form} />
        <ModelField form={form} />
        {failure !== undefined && <Notice alert>{failure}</Notice>}
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" busy={isSubmitting}>
            {isSubmitting ? "Connecting and reading the tables" : "Connect"}
          </Button>
          <ButtonLink look="quiet" to="/sources">
            Cancel
          </ButtonLink>
        </div>
      </form>
    </Page>
  );
}
