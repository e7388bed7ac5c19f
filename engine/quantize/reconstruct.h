// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rounding by reconstruction: whether a weight is rounded up or down is decided by what the layer's
// output loses, not by which code is nearer. With the Gram matrix H of the rows that the layer
// reads, a change d of a channel's weights changes its output by d H d' on average. Weights are
// rounded one after the other, and the error of each is at once spread over those still to be
// rounded, in the way that keeps d H d' least (their optimal update, by the Cholesky factor of the
// inverse of H). Deterministic; costs columns^3 once a layer. Sources: Hassibi and Stork 1993,
// "Optimal brain surgeon"; Frantar et al. 2023, "GPTQ", for the order by H's diagonal and the
// Cholesky variant; Nagel et al. 2020, "Up or down? Adaptive rounding", for the objective.

#include "quantize/known_ranges.h"
#include "quantize/weight_codes.h"

namespace quantize {

/// Replaces the weights in `layers` by real values of codes. A channel whose output would lose more
/// than by plain rounding keeps that. Transposed convolutions, grouped ones and layers with more
/// than 2048 columns are left to plain rounding.
types::Result<void> reconstruct(const FloatModel& model, std::map<size_t, LayerCodes>& layers,
                                const Teacher& teacher, const types::Work& work,
                                std::vector<std::string>& changes);

}  // namespace quantize
