// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inputs drawn from a seed, equal on every machine: one splitmix64 generator serves all inputs of
// all invokes in turn, one draw per element, row-major. Source of the generator: S. Vigna, public
// domain. Goldens and `netcaliper-cli run --input-seed` depend on it.
//
// Where a model asks for a range (analysis/input_ranges.h), a draw outside of it is taken modulo
// the range, so that ids lie inside their tables; draws that the model accepts stay as they are.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/input_ranges.h"
#include "types/graph.h"

namespace lowering {

class SplitMix64 {
public:
    explicit SplitMix64(uint64_t seed) : m_state(seed) {}
    uint64_t next();

private:
    uint64_t m_state;
};

/// Fills the bytes of a tensor; types without a rule (4-bit, strings, ...) are set to zero.
void fillSeeded(SplitMix64& generator, types::DataType type, std::span<uint8_t> bytes);

/// The inputs of one model. The graph may be destroyed.
class SeededInputs {
public:
    SeededInputs(const types::Graph& graph, uint64_t seed);

    /// Fills the next input of the next invoke; call it for every input in turn.
    void fill(size_t input, std::span<uint8_t> bytes);

private:
    SplitMix64 m_random;
    std::vector<types::DataType> m_types;
    std::vector<std::optional<analysis::InputRange>> m_ranges;
};

}  // namespace lowering
