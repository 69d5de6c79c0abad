import { createClient, type Client, type Interceptor } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { AuditService } from "@/gen/infinure/auth/v1/audit_service_pb";
import { AuthService } from "@/gen/infinure/auth/v1/auth_service_pb";
import { EmailService } from "@/gen/infinure/auth/v1/email_service_pb";
import { IdentityProviderService } from "@/gen/infinure/auth/v1/identity_provider_service_pb";
import { MfaService } from "@/gen/infinure/auth/v1/mfa_service_pb";
import { OrganizationService } from "@/gen/infinure/auth/v1/organization_service_pb";
import { PrivacyService } from "@/gen/infinure/auth/v1/privacy_service_pb";
import { ServiceAccountService } from "@/gen/infinure/auth/v1/service_account_service_pb";
import { SessionService } from "@/gen/infinure/auth/v1/session_service_pb";
import { SingleSignOnService } from "@/gen/infinure/auth/v1/single_sign_on_service_pb";
import { UserAdministrationService } from "@/gen/infinure/auth/v1/user_administration_service_pb";
import { UserService } from "@/gen/infinure/auth/v1/user_service_pb";
import { ChatService } from "@/gen/infinure/chat/v1/chat_service_pb";
import { CatalogService } from "@/gen/infinure/integration/v1/catalog_service_pb";
import { SemanticModelService } from "@/gen/infinure/integration/v1/semantic_model_service_pb";
import { SourceService } from "@/gen/infinure/integration/v1/source_service_pb";
import { WarehouseService } from "@/gen/infinure/integration/v1/warehouse_service_pb";
import { EvaluationService } from "@/gen/infinure/ml_gateway/v1/evaluation_service_pb";
import { LearningService } from "@/gen/infinure/ml_gateway/v1/learning_service_pb";
import { ReceiptService } from "@/gen/infinure/ml_gateway/v1/receipt_service_pb";

export type AuthClient = Client<typeof AuthService>;
export type SingleSignOnClient = Client<typeof SingleSignOnService>;
export type EmailClient = Client<typeof EmailService>;
export type ChatClient = Client<typeof ChatService>;
export type SourceClient = Client<typeof SourceService>;
export type CatalogClient = Client<typeof CatalogService>;
export type ModelClient = Client<typeof SemanticModelService>;
export type WarehouseClient = Client<typeof WarehouseService>;
export type UserClient = Client<typeof UserService>;
export type AuditClient = Client<typeof AuditService>;
export type MfaClient = Client<typeof MfaService>;
export type SessionClient = Client<typeof SessionService>;
export type UserAdministrationClient = Client<typeof UserAdministrationService>;
export type ServiceAccountClient = Client<typeof ServiceAccountService>;
export type PrivacyClient = Client<typeof PrivacyService>;
export type IdentityProviderClient = Client<typeof IdentityProviderService>;
export type OrganizationClient = Client<typeof OrganizationService>;
export type LearningClient = Client<typeof LearningService>;
export type ReceiptClient = Client<typeof ReceiptService>;
export type EvaluationClient = Client<typeof EvaluationService>;

export interface Clients {
  chat: ChatClient;
  sources: SourceClient;
  catalog: CatalogClient;
  models: ModelClient;
  warehouse: WarehouseClient;
  users: UserClient;
  mfa: MfaClient;
  sessions: SessionClient;
  audit: AuditClient;
  administration: UserAdministrationClient;
  organization: OrganizationClient;
  serviceAccounts: ServiceAccountClient;
  identityProviders: IdentityProviderClient;
  privacy: PrivacyClient;
  learning: LearningClient;
  receipts: ReceiptClient;
  evaluation: EvaluationClient;
}

/** The rpcs that open and prolong sessions; they carry no token. */
export function openAuthClient(baseUrl: string): AuthClient {
  return createClient(AuthService, createGrpcWebTransport({ baseUrl }));
}

/** The rpcs by which somebody comes in by an identity provider; they carry no token. */
export function openSingleSignOnClient(baseUrl: string): SingleSignOnClient {
  return createClient(SingleSignOnService, createGrpcWebTransport({ baseUrl }));
}

/** The rpcs for whoever proves by a mail who they are; they carry no token either. */
export function openEmailClient(baseUrl: string): EmailClient {
  return createClient(EmailService, createGrpcWebTransport({ baseUrl }));
}

/** The rpcs of a session. */
export function openClients(baseUrl: string, interceptors: Interceptor[]): Clients {
  const transport = createGrpcWebTransport({ baseUrl, interceptors });
  return {
    chat: createClient(ChatService, transport),
    sources: createClient(SourceService, transport),
    catalog: createClient(CatalogService, transport),
    models: createClient(SemanticModelService, transport),
    warehouse: createClient(WarehouseService, transport),
    users: createClient(UserService, transport),
    mfa: createClient(MfaService, transport),
    sessions: createClient(SessionService, transport),
    audit: createClient(AuditService, transport),
    administration: createClient(UserAdministrationService, transport),
    organization: createClient(OrganizationService, transport),
    serviceAccounts: createClient(ServiceAccountService, transport),
    identityProviders: createClient(IdentityProviderService, transport),
    privacy: createClient(PrivacyService, transport),
    learning: createClient(LearningService, transport),
    receipts: createClient(ReceiptService, transport),
    evaluation: createClient(EvaluationService, transport),
  };
}
