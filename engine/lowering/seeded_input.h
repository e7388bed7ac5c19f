// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inputs drawn from a seed, equal on every machine: one splitmix64 generator serves all inputs of
// all invokes in turn, one draw per element, row-major. Source of the generator: S. Vigna, public
// domain. Goldens and `netcaliper-cli run --input-seed` depend on it.

#include <cstdint>
#include <span>

#include "types/data_type.h"

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

}  // namespace lowering
