// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The knobs of a Variation as lists: the key of each knob in documents, the member that keeps it,
// and its domain: numbers within limits, the words of a table, on or off, or a list of more knobs.
// Documents, checks, the command line and the controls of the window read names, words and limits
// here and state none of their own. tests/types/knobs_test.cpp checks that no knob is missing.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "types/variation.h"

namespace types {

/// The numbers that a knob may be; NaN is none of them.
struct Limits {
    double low = 0, high = 0;
    bool lowOpen = false, highOpen = false;  ///< true: the end itself is outside

    constexpr bool contain(double value) const {
        return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
    }
    /// The least and the greatest value of a control that moves in steps; ends are whole steps.
    constexpr double least(double step) const { return lowOpen ? low + step : low; }
    constexpr double greatest(double step) const { return highOpen ? high - step : high; }

    /// "(0, 1]"
    std::string interval() const;
};

/// The choices of a knob and the word for each.
template <typename Choice, size_t count>
using Words = std::array<std::pair<const char*, Choice>, count>;

template <typename Choice, size_t count>
std::optional<Choice> choiceOf(const Words<Choice, count>& words, std::string_view word) {
    for (const auto& [name, choice] : words)
        if (word == name) return choice;
    return std::nullopt;
}

/// Empty for a choice that is not in the table.
template <typename Choice, size_t count>
constexpr const char* wordOf(const Words<Choice, count>& words, Choice choice) {
    for (const auto& [name, known] : words)
        if (known == choice) return name;
    return "";
}

/// "a, b or c": for messages and help.
template <typename Choice, size_t count>
std::string listOf(const Words<Choice, count>& words) {
    std::string list;
    for (size_t i = 0; i < count; ++i)
        list += std::string(i == 0 ? "" : i + 1 == count ? " or " : ", ") + words[i].first;
    return list;
}

/// The domain of a knob that is on or off.
struct OnOff {};

inline constexpr Limits kInputSizeLimits{1, 1'000'000};
inline constexpr Limits kWidthLimits{0, 1, true, false};
inline constexpr Limits kShareLimits{0, 1, false, true};  ///< removed or set to zero
inline constexpr Limits kChannelMultipleLimits{1, 64};
inline constexpr Limits kPercentileLimits{50, 100, true, false};
inline constexpr Limits kFlashBudgetLimits{1, 2'147'483'647};
inline constexpr Limits kLatencyBudgetLimits{0, 1e9, true, false};  ///< microseconds
inline constexpr Limits kClusterBitsLimits{1, 7};  ///< widths of indices that TFLM decodes

inline constexpr Limits kTrainSecondsLimits{0, 604'800};  ///< a week
inline constexpr Limits kTrainEpochsLimits{0, 100'000};
inline constexpr Limits kTrainSeedLimits{0, 2'147'483'647};

inline constexpr Limits kScheduleSramLimits{1, 2'147'483'647};
inline constexpr Limits kScheduleRowLimits{1, 10'000};

inline constexpr Words<ImportanceMeasure, 5> kMeasureWords = {
    {{"l1", ImportanceMeasure::L1},
     {"l2", ImportanceMeasure::L2},
     {"median", ImportanceMeasure::GeometricMedian},
     {"sensitivity", ImportanceMeasure::Sensitivity},
     {"similarity", ImportanceMeasure::Similarity}}};

inline constexpr Words<PruneScope, 2> kScopeWords = {
    {{"per-layer", PruneScope::PerLayer}, {"global", PruneScope::Global}}};

inline constexpr Words<PruneSchedule, 2> kScheduleWords = {
    {{"once", PruneSchedule::Once}, {"gradual", PruneSchedule::Gradual}}};

inline constexpr Words<Precision, 6> kPrecisionWords = {{{"as-stored", Precision::AsStored},
                                                         {"float32", Precision::Float32},
                                                         {"int8", Precision::Int8},
                                                         {"int16x8", Precision::Int16x8},
                                                         {"int8w4", Precision::Int8W4},
                                                         {"auto", Precision::Auto}}};

inline constexpr Words<Compression, 6> kCompressionWords = {{{"as-stored", Compression::AsStored},
                                                             {"none", Compression::None},
                                                             {"smallest", Compression::Smallest},
                                                             {"lut", Compression::Lut},
                                                             {"huffman", Compression::Huffman},
                                                             {"pruning", Compression::Pruning}}};

inline constexpr Words<Augmentation, 4> kAugmentationWords = {
    {{"auto", Augmentation::Auto},
     {"none", Augmentation::None},
     {"images", Augmentation::Images},
     {"features", Augmentation::Features}}};

inline constexpr Words<RangeMethod, 4> kRangeWords = {{{"min-max", RangeMethod::MinMax},
                                                       {"percentile", RangeMethod::Percentile},
                                                       {"mse", RangeMethod::MeanSquaredError},
                                                       {"entropy", RangeMethod::Entropy}}};

inline constexpr Words<DataType, 4> kPortTypeWords = {{{"float32", DataType::Float32},
                                                       {"int8", DataType::Int8},
                                                       {"uint8", DataType::UInt8},
                                                       {"int16", DataType::Int16}}};

/// A precision together with how many scales weights have: what people choose between.
struct Scheme {
    Precision precision;
    bool perChannel;

    bool operator==(const Scheme&) const = default;
};
inline constexpr Words<Scheme, 6> kSchemeWords = {{{"int8", {Precision::Int8, true}},
                                                   {"int8-per-tensor", {Precision::Int8, false}},
                                                   {"int16x8", {Precision::Int16x8, true}},
                                                   {"int8w4", {Precision::Int8W4, true}},
                                                   {"auto", {Precision::Auto, true}},
                                                   {"float32", {Precision::Float32, true}}}};

template <typename Owner, typename Value, typename Domain>
struct Knob {
    const char* key;
    Value Owner::*member;
    Domain domain;
};
template <typename Owner, typename Value, typename Domain>
Knob(const char*, Value Owner::*, Domain) -> Knob<Owner, Value, Domain>;

// One line a member, in the order in which documents are written.

inline constexpr std::tuple kRewriteKnobs{
    Knob{"fold_constants", &RewriteKnobs::foldConstants, OnOff{}},
    Knob{"inline_composites", &RewriteKnobs::inlineComposites, OnOff{}},
    Knob{"select_v2", &RewriteKnobs::selectV2, OnOff{}},
    Knob{"dense_matmul", &RewriteKnobs::denseMatMul, OnOff{}},
    Knob{"per_tensor_dense", &RewriteKnobs::perTensorDense, OnOff{}},
    Knob{"drop_signatures", &RewriteKnobs::dropSignatures, OnOff{}},
};

inline constexpr std::tuple kPruneKnobs{
    Knob{"channels", &PruneKnobs::channels, kShareLimits},
    Knob{"weights", &PruneKnobs::weights, kShareLimits},
    Knob{"measure", &PruneKnobs::measure, kMeasureWords},
    Knob{"scope", &PruneKnobs::scope, kScopeWords},
    Knob{"recover", &PruneKnobs::recover, OnOff{}},
    Knob{"schedule", &PruneKnobs::schedule, kScheduleWords},
};

inline constexpr std::tuple kQuantizeKnobs{
    Knob{"precision", &QuantizeKnobs::precision, kPrecisionWords},
    Knob{"per_channel", &QuantizeKnobs::perChannel, OnOff{}},
    Knob{"ranges", &QuantizeKnobs::ranges, kRangeWords},
    Knob{"percentile", &QuantizeKnobs::percentile, kPercentileLimits},
    Knob{"equalize", &QuantizeKnobs::equalize, OnOff{}},
    Knob{"correct_bias", &QuantizeKnobs::correctBias, OnOff{}},
    Knob{"reconstruct", &QuantizeKnobs::reconstruct, OnOff{}},
    Knob{"flash_budget", &QuantizeKnobs::flashBudget, kFlashBudgetLimits},
    Knob{"latency_budget_us", &QuantizeKnobs::latencyBudgetUs, kLatencyBudgetLimits},
    Knob{"input_type", &QuantizeKnobs::inputType, kPortTypeWords},
    Knob{"output_type", &QuantizeKnobs::outputType, kPortTypeWords},
};

inline constexpr std::tuple kCompressKnobs{
    Knob{"method", &CompressKnobs::method, kCompressionWords},
    Knob{"cluster_bits", &CompressKnobs::clusterBits, kClusterBitsLimits},
};

inline constexpr std::tuple kTrainKnobs{
    Knob{"seconds", &TrainKnobs::seconds, kTrainSecondsLimits},
    Knob{"epochs", &TrainKnobs::epochs, kTrainEpochsLimits},
    Knob{"seed", &TrainKnobs::seed, kTrainSeedLimits},
    Knob{"augment", &TrainKnobs::augment, kAugmentationWords},
    Knob{"flip", &TrainKnobs::flip, OnOff{}},
};

inline constexpr std::tuple kScheduleKnobs{
    Knob{"sram", &ScheduleKnobs::sram, kScheduleSramLimits},
    Knob{"row", &ScheduleKnobs::row, kScheduleRowLimits},
    Knob{"feed_rows", &ScheduleKnobs::feedRows, OnOff{}},
};

inline constexpr std::tuple kLayerKnobs{
    Knob{"width", &LayerKnobs::width, kWidthLimits},
    Knob{"prune_channels", &LayerKnobs::pruneChannels, kShareLimits},
    Knob{"prune_weights", &LayerKnobs::pruneWeights, kShareLimits},
    Knob{"precision", &LayerKnobs::precision, kPrecisionWords},
    Knob{"compression", &LayerKnobs::compression, kCompressionWords},
    Knob{"drop_block", &LayerKnobs::dropBlock, OnOff{}},
};

inline constexpr std::tuple kVariationKnobs{
    Knob{"rewrite", &Variation::rewrite, kRewriteKnobs},
    Knob{"input_size", &Variation::inputSize, kInputSizeLimits},
    Knob{"width", &Variation::width, kWidthLimits},
    Knob{"channel_multiple", &Variation::channelMultiple, kChannelMultipleLimits},
    Knob{"prune", &Variation::prune, kPruneKnobs},
    Knob{"quantize", &Variation::quantize, kQuantizeKnobs},
    Knob{"compress", &Variation::compress, kCompressKnobs},
    Knob{"train", &Variation::train, kTrainKnobs},
    Knob{"schedule", &Variation::schedule, kScheduleKnobs},
    Knob{"layers", &Variation::layers, kLayerKnobs},
};

/// Calls visit(knob) for each line of a list.
template <typename... Knobs, typename Visit>
constexpr void forEachKnob(const std::tuple<Knobs...>& list, const Visit& visit) {
    std::apply([&](const auto&... knob) { (visit(knob), ...); }, list);
}

/// True where a domain is a list of more knobs.
template <typename Domain>
inline constexpr bool kIsList = false;
template <typename... Knobs>
inline constexpr bool kIsList<std::tuple<Knobs...>> = true;

/// Calls visit(path, value, domain) for every single knob below `owner`, whose own knobs `list`
/// names: "width", "prune.channels", and "layers.3.width" for each layer that is set.
template <typename List, typename Owner, typename Visit>
void visitKnobs(const List& list, Owner& owner, const Visit& visit, const std::string& path = {}) {
    forEachKnob(list, [&](const auto& knob) {
        auto& value = owner.*knob.member;
        const std::string here = path + knob.key;
        if constexpr (requires { value.begin()->second; }) {
            for (auto& [layer, knobs] : value)
                visitKnobs(knob.domain, knobs, visit, here + "." + std::to_string(layer) + ".");
        } else if constexpr (kIsList<std::decay_t<decltype(knob.domain)>>) {
            visitKnobs(knob.domain, value, visit, here + ".");
        } else {
            visit(here, value, knob.domain);
        }
    });
}

constexpr bool isLegal(double value, const Limits& limits) {
    return limits.contain(value);
}
inline bool isLegal(const std::array<int32_t, 2>& pair, const Limits& limits) {
    return limits.contain(pair[0]) && limits.contain(pair[1]);
}
constexpr bool isLegal(bool, OnOff) {
    return true;
}
template <typename Choice, size_t count>
constexpr bool isLegal(Choice choice, const Words<Choice, count>& words) {
    return *wordOf(words, choice) != '\0';
}
/// A knob that may be left unset is legal there.
template <typename Value, typename Domain>
bool isLegal(const std::optional<Value>& value, const Domain& domain) {
    return !value || isLegal(*value, domain);
}

/// What a message asks for: "a number above 0, at most 1", "a, b or c", "true or false".
std::string domainText(const Limits& limits);
std::string domainText(OnOff);
template <typename Choice, size_t count>
std::string domainText(const Words<Choice, count>& words) {
    return listOf(words);
}

}  // namespace types
