import { Code } from "@connectrpc/connect";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { bytesText } from "@/uploads/pace";
import type { Problem } from "./problem";

/** What happened and what to do, by reason. Reasons without a line here say what their code says. */
const BY_REASON: Partial<Record<ErrorReason, string>> = {
  [ErrorReason.INTERNAL]: "Something broke on our side. Try again; if it stays, tell your administrator.",
  [ErrorReason.REQUEST_INVALID]: "Something in this request isn’t right. Check what you entered.",
  [ErrorReason.REQUEST_TOO_LARGE]: "That is too large to send. Make it shorter and try again.",
  [ErrorReason.METHOD_UNKNOWN]: "This page and the server don’t fit together. Reload the page.",
  [ErrorReason.PAGE_TOKEN_INVALID]: "This list has changed. Reload the page to see it from the start.",
  [ErrorReason.RATE_LIMITED]: "Too many requests just now. Wait a moment and try again.",
  [ErrorReason.SERVICE_UNAVAILABLE]: "Infinure can’t be reached just now. Try again in a moment.",
  [ErrorReason.DEADLINE_EXCEEDED]: "That took too long and was stopped. Try again.",
  [ErrorReason.OVERLOADED]: "Infinure is very busy. Try again in a moment.",
  [ErrorReason.TOKEN_MISSING]: "Your session has ended. Log in again.",
  [ErrorReason.TOKEN_MALFORMED]: "Your session has ended. Log in again.",
  [ErrorReason.TOKEN_EXPIRED]: "Your session has ended. Log in again.",
  [ErrorReason.TOKEN_INVALID]: "Your session has ended. Log in again.",
  [ErrorReason.TOKEN_REVOKED]: "Your session was ended. Log in again.",
  [ErrorReason.REFRESH_TOKEN_INVALID]: "Your session has ended. Log in again.",
  [ErrorReason.CREDENTIALS_INVALID]: "This e-mail and password don’t match. Check both and try again.",
  [ErrorReason.PERMISSION_MISSING]: "Your role doesn’t allow this. Ask the person who manages your organization.",
  [ErrorReason.EMAIL_TAKEN]: "There is an account with this e-mail already. Log in instead, or use another e-mail.",
  [ErrorReason.SLUG_TAKEN]: "An organization of this name exists already. Choose another name.",
  [ErrorReason.PASSWORD_TOO_WEAK]: "This password is too weak: use at least 12 characters with upper and lower case, a digit and a symbol, none that is easily guessed or was in use before.",
  [ErrorReason.LINK_INVALID]: "This link isn’t good any more: it was used, its time is over, or there is a newer one.",
  [ErrorReason.PASSWORD_INCORRECT]: "The current password is wrong.",
  [ErrorReason.MFA_TOKEN_INVALID]: "This login has taken too long or too many tries. Enter your e-mail and password again.",
  [ErrorReason.MFA_CODE_INVALID]: "This code is wrong, or was used already. Check it; an app shows a new one every 30 seconds.",
  [ErrorReason.MFA_METHOD_UNAVAILABLE]: "Your account has no such code. Choose another way.",
  [ErrorReason.MFA_ENROLMENT_NOT_BEGUN]: "This has taken too long. Begin again.",
  [ErrorReason.MFA_NOT_ENROLLED]: "There is no authenticator app on your account.",
  [ErrorReason.MFA_REQUIRED]: "Your organization asks for a second factor. You can set up another app instead.",
  [ErrorReason.DEVICE_NOT_FOUND]: "This device is forgotten already.",
  [ErrorReason.SESSION_NOT_FOUND]: "This session has ended already.",
  [ErrorReason.OWN_ACCOUNT]: "Your own account is changed by another administrator.",
  [ErrorReason.USER_CHANGED]: "Somebody else changed this person meanwhile, and nothing of yours is kept. Look at them again.",
  [ErrorReason.INVITATION_NOT_OPEN]: "This invitation was accepted or withdrawn meanwhile.",
  [ErrorReason.API_KEY_INVALID]: "This API key isn’t good. Make a new one.",
  [ErrorReason.API_KEY_NOT_FOUND]: "This key has ended already.",
  [ErrorReason.SSO_UNAVAILABLE]: "There is no single sign-on for this e-mail’s domain. Log in by your password.",
  [ErrorReason.SSO_LOGIN_INVALID]: "This login couldn’t be finished. Begin again.",
  [ErrorReason.SSO_ACCOUNT_REFUSED]: "There is no account here that you may use. Ask an administrator of your organization.",
  [ErrorReason.EMAIL_DOMAIN_NOT_FOUND]: "This domain isn’t there any more.",
  [ErrorReason.EMAIL_DOMAIN_TAKEN]: "This domain is taken already.",
  [ErrorReason.EMAIL_DOMAIN_NOT_SHOWN]: "The record wasn’t found yet. It can take an hour after it was made.",
  [ErrorReason.IDENTITY_PROVIDER_NOT_FOUND]: "This identity provider isn’t there any more.",
  [ErrorReason.IDENTITY_PROVIDER_CHANGED]: "Somebody else changed this identity provider meanwhile, and nothing of yours is kept. Look at it again.",
  [ErrorReason.IDENTITY_PROVIDER_INVALID]: "These settings can’t work. Check them.",
  [ErrorReason.IDENTITY_PROVIDER_UNREACHABLE]: "The issuer’s discovery document can’t be read. Check the issuer, and that it can be reached.",
  [ErrorReason.IDENTITY_PROVIDER_LIMIT_REACHED]: "There are as many as there may be. Remove one that isn’t needed first.",
  [ErrorReason.SERVICE_ACCOUNT_LIMIT_REACHED]: "There are as many as there may be. End one that isn’t needed first.",
  [ErrorReason.USER_NOT_DEACTIVATED]: "Only who is deactivated can be erased. Deactivate them first.",
  [ErrorReason.ERASURE_NOT_FOUND]: "There is no such erasure.",
  [ErrorReason.CONSENT_WITHDRAWN]: "You have said that nothing may be learned from you, so this isn’t kept. You can allow it under Security, Your data.",
  [ErrorReason.IMPORT_INVALID]: "This file is no list of people. Its first line must name the columns email, first_name, last_name and role.",
  [ErrorReason.ORGANIZATION_CHANGED]: "Somebody else changed the settings meanwhile, and nothing of yours is kept. Look at them again.",
  [ErrorReason.USER_NOT_FOUND]: "This account no longer exists.",
  [ErrorReason.INDUSTRY_UNKNOWN]: "This industry isn’t known. Choose one from the list.",
  [ErrorReason.CONVERSATION_NOT_FOUND]: "This conversation doesn’t exist, or isn’t yours.",
  [ErrorReason.ANSWER_NOT_FOUND]: "This answer no longer exists.",
  [ErrorReason.MESSAGE_ID_REUSED]: "This question was sent before in another form. Ask it again.",
  [ErrorReason.ANSWER_INTERRUPTED]: "The answer was interrupted. Ask again.",
  [ErrorReason.ANSWER_CANCELLED]: "Stopped.",
  [ErrorReason.ENGINE_FAILED]: "The answer could not be finished. Ask again.",
  [ErrorReason.TOO_MANY_ANSWERS]: "You have as many answers running as allowed. Wait for one to finish, or stop one.",
  [ErrorReason.SOURCE_NOT_FOUND]: "This data source doesn’t exist, or was removed.",
  [ErrorReason.SOURCE_NAME_TAKEN]: "There is a data source of this name already. Choose another name.",
  [ErrorReason.SOURCE_UNREACHABLE]: "Nothing answers at this host and port. Check both, and that a firewall lets Infinure through.",
  [ErrorReason.SOURCE_CREDENTIALS_REJECTED]: "The database refused this user name or password.",
  [ErrorReason.SOURCE_HOST_NOT_ALLOWED]: "This installation doesn’t connect to that host. Use a public host name, or ask your administrator to allow it.",
  [ErrorReason.SOURCE_DATABASE_UNKNOWN]: "The server answers, but has no such database or schema.",
  [ErrorReason.SOURCE_TLS_FAILED]: "The encrypted connection could not be made. Choose another encryption mode, or mend the server’s certificate.",
  [ErrorReason.SOURCE_EMPTY]: "Connected, but this user may read no table. Grant it SELECT on what should be asked about.",
  [ErrorReason.SEMANTIC_MODEL_INVALID]: "The semantic model has mistakes. They are listed below.",
  [ErrorReason.SEMANTIC_MODEL_CHANGED]: "Somebody else changed this meanwhile, and nothing of yours is kept. Look at the newest version, then change it again.",
  [ErrorReason.SEMANTIC_MODEL_VERSION_NOT_FOUND]: "This version is kept no longer.",
  [ErrorReason.SOURCE_LIMIT_REACHED]: "Your organization has as many data sources as it may. Remove one first.",
  [ErrorReason.QUERY_NOT_UNDERSTOOD]: "The query that was made for this could not be read. Put the question in other words.",
  [ErrorReason.QUERY_CONSTRUCT_REFUSED]: "The query that was made for this isn’t allowed. Put the question in other words.",
  [ErrorReason.QUERY_RELATION_UNKNOWN]: "The data has changed since it was last read. Ask again in a moment.",
  [ErrorReason.QUERY_NOT_PERMITTED]: "You may not see this data. Ask the person who manages your organization.",
  [ErrorReason.QUERY_TOO_COMPLEX]: "This question needs too large a query. Ask for less at a time.",
  [ErrorReason.QUERY_TOO_LARGE]: "The result is too large. Narrow the question, for example to a year.",
  [ErrorReason.QUERY_TIMED_OUT]: "The database didn’t finish in time. Narrow the question, for example to a year.",
  [ErrorReason.QUERY_FAILED]: "The database broke off the query. Try again, or put the question in other words.",
  [ErrorReason.UPLOAD_NOT_FOUND]: "This upload is no longer there: uploads are kept for a while only. Upload the file again.",
  [ErrorReason.UPLOAD_EMPTY]: "There is no data in this file, or only a header. Check that it is the right one.",
  [ErrorReason.UPLOAD_TOO_LARGE]: "This file is larger than this installation takes. Split it, leave columns out, or save it as Parquet.",
  [ErrorReason.UPLOAD_UNREADABLE]: "This file can’t be read: it is damaged, protected, or not what its name says. Save it anew as CSV, Excel, JSON, Parquet or SQLite.",
  [ErrorReason.UPLOAD_ROWS_BROKEN]: "This file has rows that can’t be read, and you chose to refuse such a file. Mend them, or skip them.",
  [ErrorReason.UPLOAD_TOO_COMPLEX]: "This file unpacks to more than is read at once: too many bytes, columns or sheets, or too long a line. Split it.",
  [ErrorReason.UPLOAD_NOT_PREPARED]: "This file wasn’t read yet. Read it first.",
  [ErrorReason.UPLOAD_LIMIT_REACHED]: "Your organization has as many uploads as it may. Remove files or sources that nobody needs.",
  [ErrorReason.UPLOAD_INTERRUPTED]: "The upload was cut off before all of the file came, and nothing of it is kept. Try again.",
  [ErrorReason.STORAGE_FULL]: "There is no room left to keep this file. Tell your administrator, or remove sources that nobody needs.",
  [ErrorReason.CATALOG_ENTRY_NOT_FOUND]: "This table or column is no longer there. Refresh the source to see what it holds now.",
  [ErrorReason.WAREHOUSE_TABLE_EXISTS]: "The warehouse has a table of this name. Choose another name, or replace it.",
  [ErrorReason.WAREHOUSE_LIMIT_REACHED]: "Your organization’s warehouse holds as much as it may. Drop tables that nobody needs.",
  [ErrorReason.SYNONYM_NOT_FOUND]: "This word is no longer there.",
  [ErrorReason.SYNONYM_EXISTS]: "These words are learned already. Change that entry instead.",
  [ErrorReason.VERIFIED_ANSWER_NOT_FOUND]: "This verified answer is no longer there.",
  [ErrorReason.VERIFIED_ANSWER_EXISTS]: "This question is verified already.",
  [ErrorReason.RECEIPT_NOT_REPLAYABLE]: "This answer can’t be made again from its receipt.",
  [ErrorReason.LEARNING_LIMIT_REACHED]: "Your organization has taught as much of this as it may. Delete some first.",
  [ErrorReason.BENCHMARK_QUESTION_NOT_FOUND]: "This benchmark question is no longer there.",
  [ErrorReason.BENCHMARK_EMPTY]: "There are no benchmark questions to run. Add some first.",
  [ErrorReason.EVALUATION_RUN_NOT_FOUND]: "This run is no longer there.",
};

const BY_CODE: Partial<Record<Code, string>> = {
  [Code.Unauthenticated]: "Your session has ended. Log in again.",
  [Code.PermissionDenied]: "Your role doesn’t allow this.",
  [Code.NotFound]: "This doesn’t exist, or isn’t yours.",
  [Code.InvalidArgument]: "Something in this request isn’t right. Check what you entered.",
  [Code.ResourceExhausted]: "Too many requests just now. Wait a moment and try again.",
  [Code.Unavailable]: "Infinure can’t be reached just now. Check your connection and try again.",
  [Code.DeadlineExceeded]: "That took too long and was stopped. Try again.",
  [Code.Canceled]: "Stopped.",
};

const UNKNOWN = "Infinure can’t be reached just now. Check your connection and try again.";

/** One or two sentences for a person: what happened and what to do. */
export function problemText(problem: Problem): string {
  const text = ownWords(problem) ?? (BY_REASON[problem.reason] ?? BY_CODE[problem.code] ?? UNKNOWN) + limitText(problem);
  const seconds = problem.retryAfterMs === undefined ? 0 : Math.ceil(problem.retryAfterMs / 1000);
  return seconds > 1 ? `${text} (${seconds} seconds)` : text;
}

/** What is wrong with just this file, or these settings: the service looked into them, and its sentences are made for who gave them. */
function ownWords({ reason, message }: Problem): string | undefined {
  const looked = [ErrorReason.UPLOAD_UNREADABLE, ErrorReason.UPLOAD_TOO_COMPLEX, ErrorReason.IDENTITY_PROVIDER_INVALID].includes(reason);
  return looked && message !== "" ? `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith(".") ? "" : "."}` : undefined;
}

/** How large a file may be, where the service says so. */
function limitText({ reason, metadata }: Problem): string {
  const limit = Number(metadata["limit_bytes"]);
  return reason === ErrorReason.UPLOAD_TOO_LARGE && limit > 0 ? ` (At most ${bytesText(limit)}.)` : "";
}
