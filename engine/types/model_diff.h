// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelDiff: a baseline and a candidate side by side: two variations of a model, or two models. The
// one document from which the window, the command line and reports draw; engine/diff makes it and
// writes it as JSON (diff/diff_document.h has the schema). An immutable value.
//
// Units: bytes, microseconds, microjoules, shares of 1. Differences are candidate minus baseline.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "types/evaluation.h"

namespace types {

/// How a matched layer differs, by the greatest change.
enum class MatchKind : int8_t {
    Same,
    Weights,  ///< other numbers: weights, scales, activation or options
    Resized,  ///< another output or other weights in size
    Retyped,  ///< other types
    Fused,    ///< several of the baseline are one of the candidate
    Split,    ///< one of the baseline is several of the candidate
};
constexpr int kMatchKindCount = 6;
/// "same", "weights", "shape", "precision", "fused", "split"
const char* matchKindName(MatchKind kind);

/// What shows that layers belong together.
enum class MatchEvidence : int8_t {
    Origin,     ///< both were the same layer of the model as opened
    Weights,    ///< equal constants, which occur once
    Structure,  ///< operator, neighbours, shapes and likeness of weights
};
const char* matchEvidenceName(MatchEvidence evidence);  ///< "origin", "weights", "structure"

/// Layers of both sides that belong together, as operator indices in ascending order. One side may
/// hold several; where a layer has no counterpart, one side is empty.
struct LayerMatch {
    std::vector<int32_t> baseline, candidate;
    MatchKind kind = MatchKind::Same;
    MatchEvidence evidence = MatchEvidence::Structure;
    std::vector<std::string> changes;  ///< "int8 instead of float32", "24 instead of 32 channels"

    bool isMatched() const { return !baseline.empty() && !candidate.empty(); }
};

/// One side of a match: the sums over its layers.
struct LayerFigures {
    std::string op;      ///< "CONV_2D", "CONV_2D + RELU"
    std::string name;    ///< of the last output
    std::string output;  ///< "1x24x24x8 int8"
    int64_t macs = 0, ops = 0, params = 0, weightBytes = 0;
    int64_t liveBytes = 0;  ///< greatest of its layers
    std::optional<Estimate> latencyUs, energyUj;
};

/// A match with its figures; those of an empty side are zeros.
struct DiffLayer {
    LayerMatch match;
    LayerFigures baseline, candidate;
    std::string why;  ///< what changed, or why there is no counterpart, as one sentence
};

/// Figures of whole models, named as in the totals of `inspect` and `evaluate`.
enum class DiffQuantity : int8_t {
    Macs,
    Ops,
    Params,
    WeightBytes,
    FlashBytes,
    PeakActivationBytes,
    ArenaBytes,      ///< the planned part of TFLM's arena
    ArenaUsedBytes,  ///< what the board's runtime takes: with TFLM's persistent part, or our plan
    LatencyUs,
    EnergyUj,
    Accuracy,  ///< top-1
    Auc,
    MeanSquaredError,
};
/// "macs", "flash_bytes", "latency_us"
const char* diffQuantityName(DiffQuantity quantity);
/// "MACs", "flash", "latency": in sentences.
const char* diffQuantityWord(DiffQuantity quantity);

/// What a difference means.
enum class DiffOutcome : int8_t {
    NotJudged,  ///< a count, which users of the model do not feel
    Candidate,  ///< the candidate is better
    Baseline,   ///< the baseline is better
    Equal,
    Unclear,  ///< the intervals do not tell them apart
    Unknown,  ///< one of them is unknown, or they cannot be compared
};
const char* diffOutcomeName(DiffOutcome outcome);

/// A figure of one side, with its band or interval, or why it is unknown.
struct DiffValue {
    std::optional<double> value;
    std::optional<Estimate> band;
    std::string reason;
};

struct DiffFigure {
    DiffQuantity quantity = DiffQuantity::Macs;
    DiffValue baseline, candidate;
    std::optional<double> difference;
    /// Of the difference: 95 % for figures from samples, the outermost for predictions.
    std::optional<Estimate> interval;
    DiffOutcome outcome = DiffOutcome::NotJudged;
    std::string evidence;  ///< what the outcome stands on, or why there is none
    int32_t samples = 0;   ///< behind figures from samples, of each side
};

struct DiffVerdict {
    /// Candidate, Baseline, Equal, Unclear (each is better in something) or Unknown.
    DiffOutcome better = DiffOutcome::Unknown;
    std::string sentence;
    std::vector<std::string> evidence;   ///< one sentence per figure that decides
    std::vector<std::string> cannotSay;  ///< what is not known, and what would make it known
};

struct DiffSide {
    std::string name;       ///< "kws_ref, w0.75 int8"
    std::string model;      ///< of the graph
    std::string variation;  ///< label; "original" where nothing was varied
    EvaluationPtr evaluation;
};

struct ModelDiff {
    DiffSide baseline, candidate;
    DiffVerdict verdict;
    std::vector<DiffFigure> totals;
    /// Matched layers and unmatched ones of the candidate in its order; each unmatched one of the
    /// baseline behind the layer that it follows there.
    std::vector<DiffLayer> layers;

    const DiffFigure* figure(DiffQuantity quantity) const {
        for (const DiffFigure& figure : totals)
            if (figure.quantity == quantity) return &figure;
        return nullptr;
    }
};

using ModelDiffPtr = std::shared_ptr<const ModelDiff>;

}  // namespace types
