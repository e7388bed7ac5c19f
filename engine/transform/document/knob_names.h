// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The words for the choices that knobs offer, as documents and the command line spell them.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "types/variation.h"

namespace transform {

template <typename Choice, size_t count>
using Words = std::array<std::pair<const char*, Choice>, count>;

inline constexpr Words<types::Precision, 5> kPrecisionWords = {
    {{"as-stored", types::Precision::AsStored},
     {"float32", types::Precision::Float32},
     {"int8", types::Precision::Int8},
     {"int16x8", types::Precision::Int16x8},
     {"int8w4", types::Precision::Int8W4}}};

inline constexpr Words<types::RangeMethod, 4> kRangeWords = {
    {{"min-max", types::RangeMethod::MinMax},
     {"percentile", types::RangeMethod::Percentile},
     {"mse", types::RangeMethod::MeanSquaredError},
     {"entropy", types::RangeMethod::Entropy}}};

inline constexpr Words<types::ImportanceMeasure, 4> kMeasureWords = {
    {{"l1", types::ImportanceMeasure::L1},
     {"l2", types::ImportanceMeasure::L2},
     {"median", types::ImportanceMeasure::GeometricMedian},
     {"sensitivity", types::ImportanceMeasure::Sensitivity}}};

inline constexpr Words<types::PruneScope, 2> kScopeWords = {
    {{"per-layer", types::PruneScope::PerLayer}, {"global", types::PruneScope::Global}}};

inline constexpr Words<types::DataType, 4> kPortTypeWords = {{{"float32", types::DataType::Float32},
                                                              {"int8", types::DataType::Int8},
                                                              {"uint8", types::DataType::UInt8},
                                                              {"int16", types::DataType::Int16}}};

template <typename Choice, size_t count>
std::optional<Choice> choiceOf(const Words<Choice, count>& words, std::string_view word) {
    for (const auto& [name, choice] : words)
        if (word == name) return choice;
    return std::nullopt;
}

/// The word for a choice that is in the table.
template <typename Choice, size_t count>
const char* wordOf(const Words<Choice, count>& words, Choice choice) {
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

}  // namespace transform
