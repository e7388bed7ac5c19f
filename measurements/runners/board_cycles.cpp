// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/board_cycles.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "types/number_text.h"

namespace runners {
namespace {

using types::DeviceProfile;
using types::Measurement;
using types::Quantity;
using types::Session;

/// Half width of the band added by other kernels, as a share.
constexpr double kOtherKernels = 0.2;

struct Ratio {
    double cycles = 0;         ///< cycles per instruction
    double relativeError = 0;  ///< half width of the band; 0: exact by definition
    std::string source;
};

struct CoreRatio {
    const char* core;
    double cycles, relativeError;
    const char* source;
};

// Source: the rows `instruction` of resources/devices. No published layers exist for M55 silicon: a
// vector instruction takes its 64-bit datapath two cycles, any other one cycle, and both may
// overlap (Arm Cortex-M55 Technical Reference Manual), so the truth lies between 1 and 2.
constexpr CoreRatio kCoreRatios[] = {
    {"Cortex-M4", 1.75, 0.25, "median of four Cortex-M4 boards, 1.5 to 1.9"},
    {"Cortex-M7", 1.07, 0.4, "of nucleo-f767zi, the one Cortex-M7 with published layers"},
    {"Cortex-M33", 1.35, 0.25, "of nucleo-l552ze-q, the one Cortex-M33 with published layers"},
    {"Cortex-M55", 1.5, 0.33, "middle of what the core allows; no silicon's layers are published"},
};

std::optional<Ratio> ratioOfCore(const std::string& core) {
    for (const CoreRatio& known : kCoreRatios)
        if (core == known.core)
            return Ratio{known.cycles, known.relativeError,
                         core + " in general, " + std::string(known.source)};
    return std::nullopt;
}

std::optional<Ratio> ratioOfBoard(const DeviceProfile& board) {
    for (const types::KernelCost& row : board.kernels)
        if (row.kernel == kInstructionRow && !row.terms.empty())
            return Ratio{row.terms.front().cycles, row.relativeError, board.id + ", " + row.source};
    return std::nullopt;
}

/// "TFLM" matches the profile runtime "TFLM + CMSIS-NN".
bool isRuntimeOf(const std::string& runtime, const DeviceProfile* board) {
    return board && !runtime.empty() && board->runtime.starts_with(runtime);
}

std::string noteOf(const Ratio& ratio, bool otherKernels) {
    const double error = ratio.relativeError == 0 ? 0
                         : otherKernels           ? std::hypot(ratio.relativeError, kOtherKernels)
                                                  : ratio.relativeError;
    char text[96];
    std::snprintf(text, sizeof text, "%.3g cycles per instruction, +-", ratio.cycles);
    return text + types::percentText(100 * error, "%.0f") + ": " + ratio.source;
}

Measurement scaled(const Measurement& counts, Quantity quantity, double factor,
                   const std::string& note) {
    Measurement estimate = counts;
    estimate.quantity = quantity;
    for (double& sample : estimate.samples)
        sample *= factor;
    estimate.estimated = true;
    estimate.note = note;
    return estimate;
}

std::string clockText(const DeviceProfile& board) {
    char text[48];
    std::snprintf(text, sizeof text, "; at %g MHz", board.clockMhz);
    return text;
}

}  // namespace

void addBoardCycles(Session& session, const DeviceProfile* board) {
    const auto isCounted = [](const Measurement& m) {
        return m.quantity == Quantity::Instructions;
    };
    if (std::none_of(session.measurements.begin(), session.measurements.end(), isCounted)) return;
    const std::string& core = session.conditions.core;
    if (board && !core.empty() && board->core != core) {
        session.warnings.push_back(board->id + " has a " + board->core +
                                   ": cycles are those of a " + core + " in general");
        board = nullptr;
    }
    std::optional<Ratio> ratio;
    if (board) ratio = ratioOfBoard(*board);
    if (!ratio) ratio = ratioOfCore(board ? board->core : core);
    if (!ratio) return;
    const std::string note = noteOf(*ratio, !isRuntimeOf(session.conditions.runtime, board));
    std::vector<Measurement> all;
    for (Measurement& m : session.measurements) {
        const bool counted = isCounted(m);
        all.push_back(std::move(m));
        if (!counted) continue;
        const Measurement counts = all.back();
        all.push_back(scaled(counts, Quantity::Cycles, ratio->cycles, note));
        if (board && board->clockMhz > 0)
            all.push_back(scaled(counts, Quantity::LatencyUs, ratio->cycles / board->clockMhz,
                                 note + clockText(*board)));
    }
    session.measurements = std::move(all);
}

}  // namespace runners
