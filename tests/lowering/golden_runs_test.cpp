// SPDX-License-Identifier: GPL-3.0-or-later
// Every model beside which a golden of TFLM stands is run on the golden's inputs; integer outputs
// of every op must have the golden's CRC, float outputs its values within 1e-5 relative.

#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

using lowering::Kernels;
using nlohmann::json;
using types::DataType;

std::string crcText(std::span<const uint8_t> bytes) {
    char text[9];
    std::snprintf(text, sizeof text, "%08lx",
                  crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
    return text;
}

double number(const json& value) {
    if (value.is_number()) return value.get<double>();
    const auto text = value.get<std::string>();
    if (text == "NaN") return std::nan("");
    return text == "Infinity" ? INFINITY : -INFINITY;
}

void flatten(const json& values, std::vector<double>& flat) {
    if (!values.is_array()) return flat.push_back(number(values));
    for (const json& value : values)
        flatten(value, flat);
}

constexpr double kTolerance = 1e-5;  ///< relative

/// |got - wanted| <= 1e-5 * max(|wanted|, share * largest |wanted| of the tensor). Plain kernels
/// add in TFLM's order with its roundings and need no share. Fast ones fuse products and sums,
/// which rounds less often; where a sum nearly cancels, TFLM's own rounding error is of that size.
double smallestScale(Kernels kernels) {
    return kernels == Kernels::Fast ? 0.03 : 0.0;
}

/// Empty where `bytes` hold the golden's floats, else the first difference.
std::string floatDifference(std::span<const uint8_t> bytes, const json& golden, double smallest) {
    std::vector<double> wanted;
    flatten(golden, wanted);
    if (wanted.size() * 4 != bytes.size()) return "number of values";
    double largest = 0;
    for (double w : wanted)
        if (std::isfinite(w)) largest = std::max(largest, std::abs(w));
    for (size_t i = 0; i < wanted.size(); ++i) {
        float got;
        std::memcpy(&got, bytes.data() + 4 * i, 4);
        if (std::isnan(wanted[i]) && std::isnan(got)) continue;
        if (static_cast<double>(got) == wanted[i]) continue;
        const double scale = std::max(std::abs(wanted[i]), largest * smallest);
        if (!(std::abs(static_cast<double>(got) - wanted[i]) <= kTolerance * scale))
            return "[" + std::to_string(i) + "] " + std::to_string(got) + " instead of " +
                   std::to_string(wanted[i]);
    }
    return "";
}

/// One model against one run of its golden.
class GoldenRun {
public:
    GoldenRun(const types::Graph& graph, lowering::Execution& execution, Kernels kernels)
        : m_graph(graph), m_execution(execution), m_smallest(smallestScale(kernels)) {}

    void fillInputs(lowering::SplitMix64& generator) {
        for (size_t i = 0; i < m_execution.inputCount(); ++i)
            lowering::fillSeeded(generator, m_graph.tensor(m_graph.inputs[i]).type,
                                 m_execution.input(i));
    }

    /// The golden's ops by index in the first subgraph.
    void run(const json& golden) {
        std::map<size_t, const json*> ops;
        for (const json& op : golden.at("ops"))
            if (op.value("subgraph", 0) == 0) ops[op.at("op_index").get<size_t>()] = &op;
        const auto done = m_execution.invoke([&](size_t op) {
            if (ops.count(op)) checkOutputs(ops[op]->at("outputs"), types::opLabel(m_graph, op));
        });
        ASSERT_TRUE(done) << done.error().message();
        checkOutputs(golden.at("outputs"), "final output");
    }

private:
    void checkOutputs(const json& outputs, const std::string& where) {
        for (const json& output : outputs) {
            const auto index = output.at("tensor").get<int32_t>();
            const auto bytes = m_execution.tensor(index);
            if (m_graph.tensor(index).type == DataType::Float32) {
                if (!output.contains("values")) continue;
                EXPECT_EQ(floatDifference(bytes, output["values"], m_smallest), "") << where;
            } else {
                EXPECT_EQ(crcText(bytes), output.at("crc32").get<std::string>()) << where;
            }
        }
    }

    const types::Graph& m_graph;
    lowering::Execution& m_execution;
    const double m_smallest;
};

json readJson(const std::filesystem::path& file) {
    return json::parse(std::ifstream(file));
}

/// Runs one model; false where it has an op that cannot run.
bool matchGolden(const std::filesystem::path& model, const std::filesystem::path& goldenFile,
                 Kernels kernels) {
    SCOPED_TRACE(model.filename().string());
    const auto graph = tflite::read(model);
    EXPECT_TRUE(graph) << graph.error().message();
    if (!graph) return true;
    if (const auto runnable = lowering::checkRunnable(**graph); !runnable) {
        std::printf("  not run: %s: %s\n", model.filename().c_str(),
                    runnable.error().message().c_str());
        return false;
    }
    auto execution = lowering::Execution::create(**graph, kernels);
    EXPECT_TRUE(execution) << execution.error().message();
    if (!execution) return true;
    const json golden = readJson(goldenFile);
    lowering::SplitMix64 generator(1);
    GoldenRun run(**graph, *execution, kernels);
    const json runs = golden.contains("runs") ? golden["runs"] : json::array({golden});
    for (const json& entry : runs) {
        run.fillInputs(generator);
        run.run(entry);
    }
    return true;
}

struct Tally {
    int models = 0, run = 0;
};

Tally matchAll(const std::filesystem::path& models, const std::filesystem::path& goldens,
               Kernels kernels) {
    Tally tally;
    for (const auto& model : support::filesOf(models, ".tflite")) {
        const auto golden = goldens / (model.stem().string() + ".json");
        if (!std::filesystem::exists(golden)) continue;
        ++tally.models;
        tally.run += matchGolden(model, golden, kernels) ? 1 : 0;
    }
    return tally;
}

class GoldenRuns : public testing::TestWithParam<Kernels> {};

INSTANTIATE_TEST_SUITE_P(Kernels, GoldenRuns, testing::Values(Kernels::Reference, Kernels::Fast),
                         [](const auto& kernels) {
                             return kernels.param == Kernels::Fast ? "Fast" : "Reference";
                         });

TEST_P(GoldenRuns, EveryOperatorOfOurOwnMatches) {
    const std::filesystem::path dir = NETCALIPER_SOURCE_DIR "/tests/golden";
    const Tally tally = matchAll(dir / "models", dir / "goldens", GetParam());
    std::printf("%d of %d models run\n", tally.run, tally.models);
    EXPECT_GT(tally.models, 200);
    EXPECT_EQ(tally.run, tally.models)
        << "an operator runs once it has a row in engine/lowering/prepare/prepare.h";
}

TEST_P(GoldenRuns, EveryRealModelMatches) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir();
    const Tally tally = matchAll(dir / "models", dir / "goldens", GetParam());
    std::printf("%d of %d models run\n", tally.run, tally.models);
    EXPECT_EQ(tally.run, tally.models);
}

TEST_P(GoldenRuns, EveryRunnableConformanceModelMatches) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "conformance";
    const Tally tally = matchAll(dir / "models", dir / "goldens", GetParam());
    std::printf("%d of %d models run\n", tally.run, tally.models);
    EXPECT_GT(tally.run, 0);
}

}  // namespace
