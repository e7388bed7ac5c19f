// SPDX-License-Identifier: GPL-3.0-or-later
// How long a user waits for an accuracy: the 500 inputs of the keyword set through the int8 model
// on two threads, preparing the model included and left out. Skipped where the set is absent.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>

#include "lowering/batch.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

using lowering::Execution;

constexpr int kThreads = 2;

struct Keyword {
    std::vector<char> codes;
    int label;
};

/// Inputs as a device is sent them; the last number of a file's name is its class.
std::vector<Keyword> readKeywords(const std::filesystem::path& dir) {
    std::vector<Keyword> keywords;
    for (const auto& file : support::filesOf(dir, ".bin")) {
        std::ifstream stream(file, std::ios::binary);
        const std::string stem = file.stem().string();
        keywords.push_back({{std::istreambuf_iterator<char>(stream), {}},
                            std::stoi(stem.substr(stem.rfind('_') + 1))});
    }
    return keywords;
}

int countRight(const Execution& model, const std::vector<Keyword>& keywords) {
    std::atomic<int> right{0};
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t i, Execution& e) -> types::Result<void> {
        const auto& codes = keywords[i].codes;
        if (codes.size() != e.input(0).size()) return types::fail("is of another size", "keyword");
        std::copy(codes.begin(), codes.end(), e.input(0).begin());
        return {};
    };
    hooks.collect = [&](size_t i, const Execution& e) {
        const auto output = e.output(0);
        const auto* codes = reinterpret_cast<const int8_t*>(output.data());
        const auto best = std::max_element(codes, codes + output.size()) - codes;
        right += best == keywords[i].label ? 1 : 0;
    };
    return runBatch(model, keywords.size(), hooks, types::Work{{}, {}, kThreads}) ? right.load()
                                                                                  : -1;
}

void scoreKeywords(benchmark::State& state, bool preparing) {
    const auto shared = support::sharedDir();
    if (!shared) return state.SkipWithError("keyword set is absent: " NETCALIPER_SHARED_DIR);
    const auto graph = *tflite::read(*shared / "models/mlpt_kws_int8.tflite");
    const auto keywords = readKeywords(*shared / "datasets/kws01");
    auto model = *Execution::create(*graph);
    for (auto _ : state) {
        if (preparing) model = *Execution::create(*graph);
        state.counters["right"] = countRight(model, keywords);
    }
    state.counters["inputs"] = static_cast<double>(keywords.size());
}

void scorePrepared(benchmark::State& state) {
    scoreKeywords(state, false);
}
void prepareAndScore(benchmark::State& state) {
    scoreKeywords(state, true);
}
BENCHMARK(scorePrepared)->Name("keywords/score")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(prepareAndScore)
    ->Name("keywords/prepare_and_score")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
