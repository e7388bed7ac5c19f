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

#include "types/chosen_schedule.h"
#include "types/device_profile.h"
#include "types/estimate.h"
#include "types/graph.h"
#include "types/layer_error.h"
#include "types/memory_plan.h"
#include "types/mixed_precision.h"
#include "types/quality.h"
#include "types/target.h"
#include "types/training.h"
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
    /// That of the schedule, where one is set. Else TFLM's planned part, of all subgraphs; where it
    /// is unknown (TflmArena::unknownReason), the greedy plan of the first subgraph.
    int64_t arenaBytes = 0;
    std::optional<Estimate> latencyUs;
    std::optional<Estimate> energyUj;
    std::string latencyGap, energyGap;  ///< why a board gives no latency or energy; "": it does
    std::optional<double> agreement;    ///< share of samples with the original's first choice
    std::optional<double> sqnrDb;       ///< of the outputs compared with the original model's
    std::optional<Estimate> accuracy;   ///< top-1 share on labelled data, 95 % Wilson interval
};

/// One line of a budget: "model file 53,936 bytes (exact)".
struct BudgetLine {
    std::string what;
    int64_t bytes = 0;   ///< where unknown: what is known of it, possibly 0
    std::string source;  ///< where unknown: why
    bool isUnknown = false;
};

/// Flash beside the model in published builds of a runtime.
struct PublishedCode {
    int64_t leastBytes = 0, mostBytes = 0;
    std::string source;
};

/// Whether a budget holds, best first. A need of which only a part is known can exceed a limit, but
/// never fit.
enum class Verdict : int8_t { Fits, Unknown, Exceeds };

/// Flash or SRAM of the device compared with the model's needs. engine/footprint makes it; every
/// text, table and search takes its verdict.
struct Budget {
    std::vector<BudgetLine> lines;
    int64_t usedBytes = 0;   ///< sum of the lines; a lower bound where unknownReason is set
    int64_t limitBytes = 0;  ///< what the device has
    /// For a device with several RAM regions: the arena is one block, so one region must hold it.
    std::string region;       ///< the region of the arena, or the largest; empty: only one region
    int64_t regionBytes = 0;  ///< of that region
    int64_t blockBytes = 0;   ///< the arena; a lower bound where unknownReason is set
    std::string unknownReason = {};  ///< which part is unknown and why; empty: none
    /// Flash only: the spread of the code that the profile reserves `reservedBytes` for.
    std::optional<PublishedCode> published;
    int64_t reservedBytes = 0;

    bool isKnown() const { return unknownReason.empty(); }
    bool holdsBlock() const { return region.empty() || blockBytes <= regionBytes; }
    Verdict verdict() const {
        if (spareBytes() < 0) return Verdict::Exceeds;
        return isKnown() ? Verdict::Fits : Verdict::Unknown;
    }
    bool fits() const { return verdict() == Verdict::Fits; }
    bool exceeds() const { return verdict() == Verdict::Exceeds; }
    /// The need with as much code as the largest published build has, instead of `reservedBytes`.
    int64_t mostBytes() const {
        return published ? usedBytes - reservedBytes + published->mostBytes : usedBytes;
    }
    /// Free bytes of the whole, or of the arena's region where that is less; negative: excess. At
    /// most this many are free where a part is unknown.
    int64_t spareBytes() const {
        const int64_t whole = limitBytes - usedBytes;
        return region.empty() ? whole : std::min(whole, regionBytes - blockBytes);
    }
};

/// TFLM's arena: the part reused between operators and the persistent part, which also holds the
/// state of resource variables. Bytes as reported by `arena_used_bytes()`.
struct TflmArena {
    std::optional<int64_t> nonPersistentBytes, persistentBytes;
    std::string unknownReason = {};  ///< why one of them is unknown; empty: none is
    bool isRefused = false;          ///< TFLM refuses the model, so that it has no arena
    int64_t atLeastBytes = 0;        ///< what is known of the planned part, where it is unknown
    int64_t variablesBytes = 0;      ///< of the persistent part: the state of resource variables

    std::optional<int64_t> usedBytes() const {
        if (!nonPersistentBytes || !persistentBytes) return std::nullopt;
        return *nonPersistentBytes + *persistentBytes;
    }
};

struct Evaluation {
    Variation variation;
    GraphPtr graph;           ///< the varied model, ready for export
    std::string modelSha256;  ///< of its .tflite as it would be written, in hexadecimal
    DevicePtr device;         ///< null: no board chosen
    Totals totals;
    std::vector<LayerEvaluation> layers;
    MemoryPlan plan;  ///< TFLM's plan, which the totals use
    /// Of our own runtime: the best one, in place; that of the schedule, where one is chosen, with
    /// times as positions in its order.
    MemoryPlan netcaliperPlan;
    std::optional<ChosenSchedule> schedule;  ///< empty: the knob is not set
    /// Why the totals and budgets are not those of the schedule; empty: they are, or none is set.
    std::string scheduleGap;
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
    std::optional<MixedPrecision> mix;       ///< what Precision::Auto chose; empty: it is not set
    std::optional<Training> training;        ///< of the varied model; empty: it was not trained
    /// Of the original model trained alike, in float32, on the same samples.
    std::optional<Quality> trainedOriginalQuality;
    std::string notRunnableReason;  ///< why the model was not run; empty: it was
    double tookMs = 0;              ///< wall clock of this evaluation on this machine

    /// Of both budgets; Fits without a board.
    Verdict verdict() const {
        if ((flash && flash->exceeds()) || (sram && sram->exceeds())) return Verdict::Exceeds;
        const bool known = (!flash || flash->isKnown()) && (!sram || sram->isKnown());
        return known ? Verdict::Fits : Verdict::Unknown;
    }
    /// True where totals and budgets are those of the schedule.
    bool isScheduled() const { return schedule && scheduleGap.empty(); }
    /// Totals::arenaBytes; nothing where it is unknown.
    std::optional<int64_t> plannedBytes() const {
        if (isScheduled()) return totals.arenaBytes;
        return tflmHost64.nonPersistentBytes ? std::optional(totals.arenaBytes) : std::nullopt;
    }
    /// The plan that the budgets rest on: that of the board's runtime.
    const MemoryPlan& budgetedPlan() const {
        return isScheduled() || runtimeOf(device) == Runtime::Netcaliper ? netcaliperPlan : plan;
    }
    /// What the board leaves for the planned part of the arena; unknown without a board and where a
    /// part of the need is unknown.
    std::optional<int64_t> arenaRoomBytes() const {
        if (!sram || !sram->isKnown()) return std::nullopt;
        return std::max<int64_t>(0, budgetedPlan().arenaBytes + sram->spareBytes());
    }
};

using EvaluationPtr = std::shared_ptr<const Evaluation>;

}  // namespace types
