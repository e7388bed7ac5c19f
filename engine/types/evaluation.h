// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Evaluation: the result of engine::evaluate() for one Variation of a Graph on one device. An
// immutable value; the window and the command line print it and compute nothing themselves.
//
// Units: bytes, microseconds, microjoules. std::nullopt: unknown, with the reason beside it.
// Invariant: the layers' macs, ops, params, weightBytes, latencyUs and energyUj sum to the totals.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "types/device_profile.h"
#include "types/estimate.h"
#include "types/graph.h"
#include "types/layer_error.h"
#include "types/memory_plan.h"
#include "types/quality.h"
#include "types/target.h"
#include "types/variation.h"

namespace types {

/// One operator, counted and costed.
struct LayerEvaluation {
    int32_t index = 0;
    int32_t origin = -1;  ///< index in the model as opened; -1: inserted by a transform
    OpKind kind = OpKind::ADD;
    std::string op;    ///< "CONV_2D", "CUSTOM name"
    std::string name;  ///< name of its first output tensor
    DataType type = DataType::Float32;
    std::vector<Shape> inputShapes, outputShapes;
    int64_t macs = 0;         ///< multiply-accumulates, taps in the padding included
    int64_t ops = 0;          ///< 2 x MACs + all other arithmetic
    int64_t params = 0;       ///< elements of constant tensors, counted where first used
    int64_t weightBytes = 0;  ///< their bytes
    std::string weights;      ///< how the largest is stored: "int4 in blocks of 32"; empty: none
    int64_t liveBytes = 0;    ///< activations and scratch alive while it runs
    bool supported = true;
    std::string unsupportedReason;
    std::optional<Estimate> latencyUs;
    std::optional<Estimate> energyUj;
    std::string costSource;           ///< the kernel row that predicted it, or why none did
    std::optional<double> sqnrDb;     ///< of its first output compared with the original model's
    std::optional<LayerError> error;  ///< the complete error; unknown where the shape changed
};

struct Totals {
    int64_t macs = 0, ops = 0, params = 0, weightBytes = 0;
    int64_t modelBytes = 0;  ///< the .tflite as it would be written
    /// modelBytes deflated by zlib at level 9, as in a packed image or an update over the air;
    /// unknown unless requested. Flash still holds the dense modelBytes.
    std::optional<int64_t> compressedBytes;
    int64_t zeroWeights = 0;          ///< weights of layers whose real value is 0
    int64_t peakActivationBytes = 0;  ///< largest liveBytes
    int64_t arenaBytes = 0;           ///< greedy plan, as in TFLM
    std::optional<Estimate> latencyUs;
    std::optional<Estimate> energyUj;
    std::string latencyGap, energyGap;  ///< why a board gives no latency or energy; "": it does
    std::optional<double> agreement;   ///< share of samples with the original's first choice
    std::optional<double> sqnrDb;      ///< of the outputs compared with the original model's
    std::optional<Estimate> accuracy;  ///< top-1 share on labelled data, 95 % Wilson interval
};

/// One line of a budget: "model file 53,936 bytes (exact)".
struct BudgetLine {
    std::string what;
    int64_t bytes = 0;
    std::string source;
};

/// Flash or SRAM of the device compared with the model's needs.
struct Budget {
    std::vector<BudgetLine> lines;
    int64_t usedBytes = 0;   ///< sum of the lines
    int64_t limitBytes = 0;  ///< what the device has
    /// For a device with several RAM regions: the arena is one block, so one region must hold it.
    std::string region;       ///< the region of the arena, or the largest; empty: only one region
    int64_t regionBytes = 0;  ///< of that region
    int64_t blockBytes = 0;   ///< the arena

    bool holdsBlock() const { return region.empty() || blockBytes <= regionBytes; }
    bool fits() const { return spareBytes() >= 0; }
    /// Free bytes of the whole, or of the arena's region where that is less; negative: excess.
    int64_t spareBytes() const {
        const int64_t whole = limitBytes - usedBytes;
        return region.empty() ? whole : std::min(whole, regionBytes - blockBytes);
    }
};

/// TFLM's arena: the part reused between operators and the persistent part. Bytes as reported by
/// `arena_used_bytes()`; persistent is unknown for ops without figures.
struct TflmArena {
    int64_t nonPersistentBytes = 0;
    std::optional<int64_t> persistentBytes;

    std::optional<int64_t> usedBytes() const {
        if (!persistentBytes) return std::nullopt;
        return nonPersistentBytes + *persistentBytes;
    }
};

struct Evaluation {
    Variation variation;
    GraphPtr graph;           ///< the varied model, ready for export
    std::string modelSha256;  ///< of its .tflite as it would be written, in hexadecimal
    DevicePtr device;         ///< null: no board chosen
    Totals totals;
    std::vector<LayerEvaluation> layers;
    MemoryPlan plan;            ///< TFLM's plan, which the totals use
    MemoryPlan netcaliperPlan;  ///< of our own runtime: the best one, in place
    TflmArena tflmHost64, tflmCortexM;
    std::optional<Budget> flash, sram;  ///< present if there is a device
    std::vector<std::string> changes;   ///< effects of the variation, in sentences
    int32_t samples = 0;                ///< number of inputs behind agreement and SQNR
    std::string samplesSource;          ///< "8 random inputs, seed 1", "250 samples of kws01"
    std::string calibrationSource;   ///< calibration samples of the knobs; empty: none were given
    int32_t labelledSamples = 0;     ///< number of inputs behind the accuracy
    std::string datasetPath;         ///< dataset of the accuracy; empty: none
    std::string labelledSource;      ///< name of the dataset, and the part used
    std::optional<Quality> quality;  ///< on the dataset; totals.accuracy is its top1
    std::optional<Quality> originalQuality;  ///< of the original model on the same samples
    std::string notRunnableReason;           ///< why the model was not run; empty: it was
    double tookMs = 0;                       ///< wall clock of this evaluation on this machine

    /// True where no budget is passed, and without a board.
    bool fits() const { return (!flash || flash->fits()) && (!sram || sram->fits()); }
    /// The plan that the budgets rest on: that of the board's runtime.
    const MemoryPlan& budgetedPlan() const {
        return runtimeOf(device) == Runtime::Netcaliper ? netcaliperPlan : plan;
    }
    /// What the board leaves for the planned part of the arena; unknown without a board.
    std::optional<int64_t> arenaRoomBytes() const {
        if (!sram) return std::nullopt;
        return std::max<int64_t>(0, budgetedPlan().arenaBytes + sram->spareBytes());
    }
};

using EvaluationPtr = std::shared_ptr<const Evaluation>;

}  // namespace types
