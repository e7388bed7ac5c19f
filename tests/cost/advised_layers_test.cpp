// SPDX-License-Identifier: GPL-3.0-or-later
// A new board fitted to ten layers that the tool advises, with another board as the prior: the
// remaining layers must be predicted well. Pairs of published boards, in both directions.
#include <gtest/gtest.h>

#include <cstdio>

#include "cost/fit/cross_validation.h"
#include "cost/fit/layer_table.h"
#include "cost/fit/measure_next.h"
#include "heim_sweeps.h"
#include "support/shared_files.h"

namespace {

using Layers = std::vector<cost::Observation>;

constexpr size_t kAdvised = 10;

/// Boards whose kernels are the plain ones.
bool isReference(const std::string& board) {
    return board.ends_with(" plain");
}

cost::FitOptions optionsOf(const std::string& board) {
    cost::FitOptions options;
    if (isReference(board)) options.kernels = cost::KernelLibrary::Reference;
    return options;
}

Layers layersOf(const std::string& board) {
    const auto shared = *support::sharedDir();
    const bool plain = isReference(board);
    if (board == "L496 plain")
        return support::heimSweeps(shared / "measurements" / "heim_layer_sweeps.csv", "none");
    const auto layers = board.starts_with("m")
                            ? cost::readLayerTable(shared / "sweep" / "layers.csv",
                                                   {{"cpu", board.substr(0, 2)},
                                                    {"kernels", plain ? "ref" : "cmsis"},
                                                    {"dtype", "INT8"},
                                                    {"weight_dtype", "int8"}})
                            : cost::readLayerTable(shared / "measurements" / "micronas_layers.csv",
                                                   {{"board", board}});
    return layers ? *layers : Layers{};
}

std::shared_ptr<const types::DeviceProfile> profileOf(const std::string& board) {
    const Layers layers = layersOf(board);
    std::vector<const cost::Observation*> all;
    for (const cost::Observation& layer : layers)
        all.push_back(&layer);
    const cost::FitOptions options = optionsOf(board);
    auto device = std::make_shared<types::DeviceProfile>();
    device->kernels = cost::rowsOf(cost::fitDevice(all, options), options, {});
    return device;
}

/// Cycles of a layer by the profile of the new board.
double cyclesOf(const std::vector<types::KernelCost>& rows, const cost::Workload& workload,
                cost::KernelLibrary kernels) {
    const auto trips = cost::kernelTerms(workload, kernels);
    double cycles = 0;
    for (const types::KernelCost& row : rows)
        if (row.kernel == trips.path.text && row.dtype == cost::costType(workload))
            for (const auto& trip : trips)
                for (const types::TermCost& term : row.terms)
                    if (term.term == trip.name.text) cycles += term.cycles * trip.count;
    return cycles;
}

/// Errors of the other layers. Skips layers of paths that the prior has no row for.
cost::ErrorSummary errorsOf(const std::string& prior, const std::string& board) {
    cost::FitOptions options = optionsOf(board);
    options.prior = profileOf(prior);
    Layers layers = layersOf(board);
    std::erase_if(layers, [&](const cost::Observation& layer) {
        return cyclesOf(options.prior->kernels, layer.workload, options.kernels) <= 0;
    });
    std::vector<cost::Workload> workloads;
    for (const cost::Observation& layer : layers)
        workloads.push_back(layer.workload);
    std::vector<const cost::Observation*> measured;
    for (const auto& advice : cost::measureNext(workloads, workloads, {}, options, kAdvised))
        measured.push_back(&layers[advice.candidate]);
    const auto rows = cost::rowsOf(cost::fitDevice(measured, options), options, {});
    std::vector<cost::Residual> residuals;
    for (const cost::Observation& layer : layers) {
        if (std::find(measured.begin(), measured.end(), &layer) != measured.end()) continue;
        cost::Residual residual;
        residual.measured = layer.cycles;
        residual.predicted = cyclesOf(rows, layer.workload, options.kernels);
        residuals.push_back(residual);
    }
    return cost::summarize(residuals);
}

cost::ErrorSummary printedErrors(const std::string& prior, const std::string& board) {
    const auto errors = errorsOf(prior, board);
    std::printf("%-12s -> %-12s %5lld layers: mean %.2f %%, 90 %% below %.2f, worst %.1f\n",
                prior.c_str(), board.c_str(), static_cast<long long>(errors.layers),
                errors.mapePercent, errors.p90Percent, errors.worstPercent);
    return errors;
}

using Pairs = std::vector<std::pair<const char*, const char*>>;

void expectThatTenLayersPredictTheRest(const Pairs& pairs) {
    for (const auto& [prior, board] : pairs) {
        const auto errors = printedErrors(prior, board);
        EXPECT_GT(errors.layers, 800) << board;
        EXPECT_LE(errors.mapePercent, 5) << prior << " -> " << board;
    }
}

TEST(AdvisedLayers, TenOfThemAndAnotherBoardPredictTheRest) {
    SKIP_WITHOUT_SHARED();
    expectThatTenLayersPredictTheRest({{"STM32F446RE", "STM32L552"}, {"m4", "nRF52832"}});
}

/// A minute: --gtest_also_run_disabled_tests.
TEST(AdvisedLayers, DISABLED_TenOfThemAndEveryOtherBoardPredictTheRest) {
    SKIP_WITHOUT_SHARED();
    expectThatTenLayersPredictTheRest({{"STM32F446RE", "nRF52832"},
                                       {"STM32L552", "STM32F446RE"},
                                       {"STM32L552", "nRF52832"},
                                       {"nRF52832", "STM32F446RE"},
                                       {"nRF52832", "STM32L552"},
                                       {"m4", "STM32F446RE"},
                                       {"m4", "STM32L552"}});
}

/// Cores without DSP instructions run the plain kernels. No layers of two such cores are published,
/// so a Cortex-M4 stands for them.
TEST(AdvisedLayers, TenOfThemAndTheEmulatorPredictTheRestOfThePlainKernels) {
    SKIP_WITHOUT_SHARED();
    const auto errors = printedErrors("m4 plain", "L496 plain");
    EXPECT_GT(errors.layers, 200);
    EXPECT_LE(errors.mapePercent, 2);
}

/// The layers of the L552 run few of the loops that the emulated ones do: the prior must be
/// uncertain about the others. (The error is 38 % if they cost nothing.)
TEST(AdvisedLayers, APriorDoubtsLoopsThatItNeverSaw) {
    SKIP_WITHOUT_SHARED();
    EXPECT_LE(printedErrors("STM32L552", "m4").mapePercent, 15);
}

}  // namespace
