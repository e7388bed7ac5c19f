// SPDX-License-Identifier: GPL-3.0-or-later
// run: executes a model with the embedded runtime and prints every output's CRC.

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "analysis/real_values.h"
#include "command_context.h"
#include "data/input_file.h"
#include "data/npy.h"
#include "json_output.h"
#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "runners/host_runner.h"
#include "statistics/median.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

constexpr int64_t kMaxValues = 64;

struct RunFlags : ModelFlags {
    std::string dumpDir;
    std::vector<std::string> inputFiles;
    uint64_t seed = 1;
    int invokes = 1;
    lowering::Kernels kernels = lowering::Kernels::Fast;
};

/// The inputs of every invoke: arrays from files, or draws from one generator.
class Inputs {
public:
    static Result<Inputs> make(const Graph& graph, const RunFlags& flags) {
        Inputs inputs(graph, flags.seed);
        if (flags.inputFiles.empty()) return inputs;
        if (flags.inputFiles.size() != graph.inputs.size())
            return fail(std::to_string(flags.inputFiles.size()) + " input files for " +
                            std::to_string(graph.inputs.size()) + " model inputs",
                        flags.path, "give --input once per input, in the model's order");
        for (size_t i = 0; i < graph.inputs.size(); ++i) {
            auto hops = data::readInputs(flags.inputFiles[i], graph.tensor(graph.inputs[i]));
            if (!hops) return tl::unexpected(hops.error());
            inputs.m_hops = std::max(inputs.m_hops, hops->size());
            inputs.m_arrays.push_back(std::move(*hops));
        }
        return inputs;
    }

    /// Invokes that the files are for: more than one for a sound that is longer than the input.
    size_t hops() const { return m_hops; }

    void fill(lowering::Execution& execution) {
        for (size_t i = 0; i < execution.inputCount(); ++i) {
            const auto bytes = execution.input(i);
            if (m_arrays.empty())
                m_random.fill(i, bytes);
            else
                std::ranges::copy(m_arrays[i][m_invoke % m_arrays[i].size()], bytes.begin());
        }
        ++m_invoke;
    }

private:
    Inputs(const Graph& graph, uint64_t seed) : m_random(graph, seed) {}

    lowering::SeededInputs m_random;
    std::vector<std::vector<std::vector<uint8_t>>> m_arrays;  ///< by input and hop
    size_t m_hops = 1, m_invoke = 0;
};

template <typename Code>
Json codesJson(std::span<const uint8_t> bytes) {
    Json codes = Json::array();
    for (size_t at = 0; at + sizeof(Code) <= bytes.size(); at += sizeof(Code)) {
        Code code;
        std::memcpy(&code, bytes.data() + at, sizeof code);
        codes.push_back(code);
    }
    return codes;
}

/// Codes as integers, floats as floats; floats that JSON cannot represent become null.
Json valuesJson(const Tensor& tensor, std::span<const uint8_t> bytes) {
    // A float cannot represent every int32.
    if (tensor.type == DataType::Int32) return codesJson<int32_t>(bytes);
    if (tensor.type == DataType::Int64) return codesJson<int64_t>(bytes);
    if (tensor.type == DataType::UInt32) return codesJson<uint32_t>(bytes);
    if (tensor.type == DataType::UInt64) return codesJson<uint64_t>(bytes);
    Tensor codes = tensor;
    codes.quantization = {};
    Json values = Json::array();
    for (float value : analysis::dequantize(codes, bytes)) {
        if (tensor.type == DataType::Float32)
            values.push_back(toJson(double{value}));
        else
            values.push_back(static_cast<int64_t>(value));
    }
    return values;
}

/// The outputs of each hop, where they are few.
class HopOutputs {
public:
    HopOutputs(const Graph& graph, size_t hops) : m_graph(graph), m_hops(hops) {
        for (const int32_t output : graph.outputs)
            m_values += graph.tensor(output).elements();
    }

    bool areTold() const {
        constexpr size_t kMaxHops = 100'000;
        return m_hops > 1 && m_hops <= kMaxHops && m_values <= kMaxValues;
    }
    /// Takes what the invoke before wrote.
    void take(const lowering::Execution& execution) {
        if (!areTold()) return;
        Json values = Json::array();
        for (size_t i = 0; i < m_graph.outputs.size(); ++i)
            values.push_back(valuesJson(m_graph.tensor(m_graph.outputs[i]), execution.output(i)));
        m_json.push_back({{"new", !execution.wasSkipped()}, {"values", std::move(values)}});
    }
    Json json() const { return m_json; }

private:
    const Graph& m_graph;
    size_t m_hops;
    int64_t m_values = 0;
    Json m_json = Json::array();
};

Result<void> dumpTensor(const std::string& dir, const Graph& graph, int32_t tensor,
                        std::span<const uint8_t> bytes) {
    const Tensor& t = graph.tensor(tensor);
    return data::writeNpy(std::filesystem::path(dir) / ("T" + std::to_string(tensor) + ".npy"),
                          t.type, t.shape, bytes);
}

Json outputsJson(const Graph& graph, const lowering::Execution& execution) {
    Json outputs = Json::array();
    for (size_t i = 0; i < graph.outputs.size(); ++i) {
        const Tensor& tensor = graph.tensor(graph.outputs[i]);
        Json json = {{"tensor", graph.outputs[i]},
                     {"name", tensor.name},
                     {"dtype", dataTypeName(tensor.type)},
                     {"shape", tensor.shape},
                     {"crc32", crc32Text(execution.output(i))}};
        if (tensor.elements() <= kMaxValues)
            json["values"] = valuesJson(tensor, execution.output(i));
        outputs.push_back(std::move(json));
    }
    return outputs;
}

std::string runText(const Json& json) {
    std::string text = "invoke: " + std::to_string(json["invoke_us_median"].get<double>()) +
                       " us on this machine, median of " +
                       std::to_string(json["invokes"].get<int>()) + "\n";
    TextTable table({">#", "op", "outputs (CRC-32)", ">host us"});
    for (const Json& layer : json["layers"]) {
        std::string crcs;
        for (const Json& output : layer["outputs"])
            crcs += "T" + std::to_string(output["tensor"].get<int>()) + "=" +
                    output["crc32"].get<std::string>() + " ";
        char us[32];
        std::snprintf(us, sizeof us, "%.1f", layer["host_us"].get<double>());
        table.addRow({std::to_string(layer["index"].get<int>()), layer["op"], crcs, us});
    }
    text += table.text();
    if (json["hops"].get<size_t>() > 1)
        text += "the sound was run in " + std::to_string(json["hops"].get<size_t>()) + " hops\n";
    if (json["ended_early"].get<bool>())
        text += "CIRCULAR_BUFFER ended the last run early: its outputs are not new\n";
    for (const Json& output : json["outputs"])
        if (output.contains("values"))
            text += "T" + std::to_string(output["tensor"].get<int>()) + " = " +
                    output["values"].dump() + "\n";
    return text;
}

Result<Output> run(const RunFlags& flags) {
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    auto execution = lowering::Execution::create(**graph, flags.kernels);
    if (!execution) return tl::unexpected(execution.error());
    auto inputs = Inputs::make(**graph, flags);
    if (!inputs) return tl::unexpected(inputs.error());
    if (!flags.dumpDir.empty()) {
        std::error_code problem;
        std::filesystem::create_directories(flags.dumpDir, problem);
        if (problem)
            return fail("cannot make the directory: " + problem.message(), flags.dumpDir,
                        "choose another directory");
    }

    Json layers = Json::array();
    Result<void> dumped;
    runners::HostRunHooks hooks;
    HopOutputs hops(**graph, inputs->hops());
    bool isFirst = true;
    hooks.beforeInvoke = [&](lowering::Execution& e) {
        if (!std::exchange(isFirst, false)) hops.take(e);
        inputs->fill(e);
    };
    hooks.afterOp = [&](size_t op) {
        Json layer = {{"index", op}, {"op", (*graph)->ops[op].name()}, {"outputs", Json::array()}};
        for (int32_t t : (*graph)->ops[op].outputs) {
            const auto bytes = execution->tensor(t);
            layer["outputs"].push_back({{"tensor", t}, {"crc32", crc32Text(bytes)}});
            if (!flags.dumpDir.empty() && dumped && !bytes.empty())
                dumped = dumpTensor(flags.dumpDir, **graph, t, bytes);
        }
        layers.push_back(std::move(layer));
    };
    constexpr size_t kMaxInvokes = 100'000'000;
    if (inputs->hops() > kMaxInvokes / static_cast<size_t>(flags.invokes))
        return fail("the sound has " + std::to_string(inputs->hops()) + " hops", flags.path,
                    "give a shorter one, or fewer --invokes");
    const int invokes = flags.invokes * static_cast<int>(inputs->hops());
    const auto timed = runners::runOnHost(*execution, (*graph)->ops.size(), invokes, hooks);
    if (!timed) return tl::unexpected(timed.error());
    hops.take(*execution);
    if (!dumped) return tl::unexpected(dumped.error());
    for (Json& layer : layers)
        layer["host_us"] = statistics::median(timed->layerUs[layer["index"].get<size_t>()]);

    Output output;
    output.json = {{"outputs", outputsJson(**graph, *execution)},
                   {"layers", std::move(layers)},
                   {"invoke_us_median", statistics::median(timed->invokeUs)},
                   {"invokes", invokes},
                   {"hops", inputs->hops()},
                   {"ended_early", execution->wasSkipped()}};
    if (hops.areTold()) output.json["hop_outputs"] = hops.json();
    output.text = runText(output.json);
    return output;
}

}  // namespace

void addRun(CLI::App& app, Context& context) {
    auto flags = std::make_shared<RunFlags>();
    CLI::App* command = addCommand(app, context, "run", "Execute a model with the embedded runtime",
                                   [flags] { return run(*flags); });
    flags->addTo(*command)->required();
    auto* files = command->add_option(
        "--input", flags->inputFiles,
        "A .npy file, image, WAV or raw .bin file, once per model input, in order; a WAV file "
        "that is longer than an int16 input runs hop by hop");
    command->add_option("--input-seed", flags->seed, "Seed of random inputs")
        ->excludes(files)
        ->capture_default_str();
    command->add_option("--invokes", flags->invokes, "How often to run, state kept")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command
        ->add_option("--kernels", flags->kernels,
                     "reference: the plain kernels; fast: the vector kernels of this machine")
        ->transform(CLI::CheckedTransformer(std::map<std::string, lowering::Kernels>{
            {"reference", lowering::Kernels::Reference}, {"fast", lowering::Kernels::Fast}}))
        ->default_str("fast");
    command->add_option("--dump", flags->dumpDir, "Directory for every layer's output as .npy");
}

}  // namespace app
