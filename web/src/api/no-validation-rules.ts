import { create, createFileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

const name = "buf/validate/validate.proto";
const empty = create(FileDescriptorProtoSchema, { name, package: "buf.validate", syntax: "proto2" });

/**
 * Stands for the generated buf/validate/validate_pb in the page (vite.config.ts): the contracts import it for rules that only
 * servers apply, and its descriptor alone is 13 kB of compressed script.
 */
export const file_buf_validate_validate = createFileRegistry(empty, () => undefined).getFile(name);
