import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApp } from "@/app/context";

const KEY = ["single-sign-on"];

export function useDomains() {
  const { identityProviders } = useApp().clients;
  return useQuery({ queryKey: [...KEY, "domains"], queryFn: () => identityProviders.listEmailDomains({}) });
}

export function useProviders() {
  const { identityProviders } = useApp().clients;
  return useQuery({ queryKey: [...KEY, "providers"], queryFn: () => identityProviders.listIdentityProviders({}) });
}

/** A change of one; both lists are read again whatever came of it. */
export function useChange<T>(act: () => Promise<T>, onDone: (done: T) => void) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: onDone, onSettled: () => queries.invalidateQueries({ queryKey: KEY }) });
}
