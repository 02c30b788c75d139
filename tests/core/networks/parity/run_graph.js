// Runs a published graph with TensorFlow.js itself; see docs/weights.md.
// node run_graph.js MODEL.json OUTPUT_NODE int32|float32 < RGB bytes of 256x256 images > float32
const fs = require("fs");
const path = require("path");
const tf = require("@tensorflow/tfjs");

const SIZE = 256;

function load(file) {
  const model = JSON.parse(fs.readFileSync(file));
  const [group] = model.weightsManifest;
  const weights = fs.readFileSync(path.join(path.dirname(file), group.paths[0]));
  return {
    modelTopology: model.modelTopology,
    weightSpecs: group.weights,
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
  };
}

async function main([file, node, dtype]) {
  await tf.setBackend("cpu");
  const graph = await tf.loadGraphModel({ load: async () => load(file) });
  const bytes = fs.readFileSync(0);
  const step = SIZE * SIZE * 3;
  for (let start = 0; start < bytes.length; start += step) {
    const image = bytes.subarray(start, start + step);
    const values = dtype === "int32" ? Int32Array.from(image) : Float32Array.from(image, (v) => v / 255);
    const output = graph.execute(tf.tensor(values, [1, SIZE, SIZE, 3], dtype), node);
    process.stdout.write(Buffer.from((await output.data()).buffer));
  }
}

main(process.argv.slice(2));
