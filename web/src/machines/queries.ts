import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApp } from "@/app/context";

const KEY = ["service-accounts"];

export function useServiceAccounts() {
  const { serviceAccounts } = useApp().clients;
  return useQuery({ queryKey: KEY, queryFn: () => serviceAccounts.listServiceAccounts({}) });
}

/** A change of one; the list is read again whatever came of it. */
export function useChange<T>(act: () => Promise<T>, onDone: (done: T) => void) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: onDone, onSettled: () => queries.invalidateQueries({ queryKey: KEY }) });
}
