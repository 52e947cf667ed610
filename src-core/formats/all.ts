/** Every export format, one sorted line each: the export's snake_case name is its id on the command line. */
export { json } from './json.ts';
export { onnx } from './onnx/onnx.ts';
export { safetensors } from './safetensors.ts';
