/**
 * The few messages of onnx.proto that a model needs, as protobuf bytes. Written with protobufjs's Writer alone: its
 * reflection would generate code at run time, which the page's security policy forbids. Field numbers: onnx/onnx.proto3.
 */
import protobuf from 'protobufjs/minimal.js';
import type { Pieces } from '../pieces.ts';
import { float32Pieces } from '../tensor-hash.ts';

const { Writer } = protobuf;
type Fields = (writer: protobuf.Writer) => void;

/** TensorProto.DataType. */
export const FLOAT = 1;
export const INT64 = 7;
/** AttributeProto.AttributeType. */
const TYPE = { float: 1, int: 2, text: 3, ints: 7 } as const;
/** Wire types of protobuf. */
const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

export type Attribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'text'; readonly value: string };

export interface OnnxNode {
  readonly type: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | readonly number[];
}

/** An input or output: a symbolic batch axis and fixed others. */
export interface OnnxPort {
  readonly name: string;
  readonly dims: readonly number[];
}

export interface OnnxModel {
  readonly opset: number;
  readonly irVersion: number;
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly input: OnnxPort;
  readonly output: OnnxPort;
  readonly metadata: Readonly<Record<string, string>>;
}

/** ModelProto. A message begins with its length, so all lengths are known before the first numbers are written. */
export function* modelPieces(model: OnnxModel, onNumbers: (count: number) => void = () => undefined): Pieces {
  const tensors = model.tensors.map((tensor) => ({
    head: bytesBy((fields) => writeTensorHead(fields, tensor)),
    tensor,
  }));
  const [before, after] = [
    bytesBy((fields) => writeNodes(fields, model)),
    bytesBy((fields) => writePorts(fields, model)),
  ];
  const sizes = tensors.map(({ head, tensor }) => head.length + rawBytes(tensor));
  const beginnings = sizes.map((size) => bytesBy((fields) => fields.uint32(tag(5, BYTES)).uint32(size)));
  const graphSize = [...sizes, ...[...beginnings, before, after].map(({ length }) => length)].reduce(
    (a, b) => a + b,
    0,
  );
  yield bytesBy((fields) => {
    int(fields, 1, model.irVersion);
    text(fields, 2, 'netloom');
    fields.uint32(tag(7, BYTES)).uint32(graphSize);
  });
  yield before;
  for (const [i, { head, tensor }] of tensors.entries()) {
    yield beginnings[i];
    yield head;
    if (!(tensor.data instanceof Float32Array)) continue;
    for (const bytes of float32Pieces(tensor.data)) {
      onNumbers(bytes.length / Float32Array.BYTES_PER_ELEMENT);
      yield bytes;
    }
  }
  yield after;
  yield bytesBy((fields) => writeRest(fields, model));
}

function bytesBy(write: Fields): Uint8Array {
  const writer = Writer.create();
  write(writer);
  return writer.finish();
}

function writeNodes(writer: protobuf.Writer, { nodes, name }: OnnxModel): void {
  for (const node of nodes) message(writer, 1, (fields) => writeNode(fields, node));
  text(writer, 2, name);
}

function writePorts(writer: protobuf.Writer, { input, output }: OnnxModel): void {
  message(writer, 11, (fields) => writePort(fields, input));
  message(writer, 12, (fields) => writePort(fields, output));
}

function writeRest(writer: protobuf.Writer, { opset, metadata }: OnnxModel): void {
  message(writer, 8, (version) => int(version, 2, opset));
  for (const [key, value] of Object.entries(metadata)) {
    message(writer, 14, (entry) => {
      text(entry, 1, key);
      text(entry, 2, value);
    });
  }
}

function writeNode(writer: protobuf.Writer, { inputs, outputs, name, type, attributes }: OnnxNode): void {
  for (const input of inputs) text(writer, 1, input);
  for (const output of outputs) text(writer, 2, output);
  text(writer, 3, name);
  text(writer, 4, type);
  for (const [key, attribute] of Object.entries(attributes)) {
    message(writer, 5, (fields) => {
      text(fields, 1, key);
      writeValue(fields, attribute);
      int(fields, 20, TYPE[attribute.kind]);
    });
  }
}

function writeValue(writer: protobuf.Writer, attribute: Attribute): void {
  switch (attribute.kind) {
    case 'float':
      writer.uint32(tag(2, FIXED32)).float(attribute.value);
      return;
    case 'int':
      int(writer, 3, attribute.value);
      return;
    case 'text':
      text(writer, 4, attribute.value);
      return;
    case 'ints':
      for (const value of attribute.value) int(writer, 8, value);
      return;
  }
}

/** Float32Array: float, whose raw bytes follow; list of numbers: int64. */
function writeTensorHead(writer: protobuf.Writer, { name, dims, data }: OnnxTensor): void {
  for (const dim of dims) int(writer, 1, dim);
  int(writer, 2, data instanceof Float32Array ? FLOAT : INT64);
  if (!(data instanceof Float32Array)) for (const value of data) int(writer, 7, value);
  text(writer, 8, name);
  if (data instanceof Float32Array) writer.uint32(tag(9, BYTES)).uint32(data.byteLength);
}

function rawBytes({ data }: OnnxTensor): number {
  return data instanceof Float32Array ? data.byteLength : 0;
}

function writePort(writer: protobuf.Writer, { name, dims }: OnnxPort): void {
  text(writer, 1, name);
  message(writer, 2, (type) => {
    message(type, 1, (tensor) => {
      int(tensor, 1, FLOAT);
      message(tensor, 2, (shape) => {
        message(shape, 1, (dim) => text(dim, 2, 'N'));
        for (const length of dims) message(shape, 1, (dim) => int(dim, 1, length));
      });
    });
  });
}

function tag(field: number, wireType: number): number {
  return field * 8 + wireType;
}
function int(writer: protobuf.Writer, field: number, value: number): void {
  writer.uint32(tag(field, VARINT)).int64(value);
}
function text(writer: protobuf.Writer, field: number, value: string): void {
  writer.uint32(tag(field, BYTES)).string(value);
}
function message(writer: protobuf.Writer, field: number, write: Fields): void {
  write(writer.uint32(tag(field, BYTES)).fork());
  writer.ldelim();
}
