import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { ColumnType } from "@/gen/infinure/integration/v1/catalog_pb";
import { FileFormat, UploadSchema, type Upload } from "@/gen/infinure/integration/v1/upload_pb";

/** Builders of uploads, shared by the tests. */

export function uploadOf(fields: MessageInitShape<typeof UploadSchema> = {}): Upload {
  return create(UploadSchema, { id: "upload", fileName: "sales.csv", format: FileFormat.CSV, byteCount: 10n, ...fields });
}

/** A file of one table with a day, an amount and a name. */
export function preparedUpload(fields: MessageInitShape<typeof UploadSchema> = {}): Upload {
  const columns = [
    { origin: "Day", name: "day", type: ColumnType.DATE, possibleTypes: [ColumnType.DATE, ColumnType.TEXT] },
    { origin: "Amount", name: "amount", type: ColumnType.DECIMAL, possibleTypes: [ColumnType.DECIMAL, ColumnType.TEXT] },
    { origin: "Customer", name: "customer", type: ColumnType.TEXT, possibleTypes: [ColumnType.TEXT] },
  ];
  return uploadOf({ prepared: true, tables: [{ name: "sales", rowCount: 3n, columns }], ...fields });
}
